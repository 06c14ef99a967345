#include "sample/catalog/reviews.h"

using namespace Qt::StringLiterals;

namespace Sample {

const QList<Review> &sampleReviews()
{
    static const QList<Review> all{{1, 5, u"The lamp is bright and the delivery was fast"_s},
                                   {2, 1, u"Delivery took three weeks and the box was broken"_s},
                                   {3, 4, u"Good chair, a little hard"_s},
                                   {4, 2, u"The lamp stopped working after a month"_s}};
    return all;
}

} // namespace Sample
