#pragma once

#include <QList>
#include <QString>

namespace Sample {

/// A row of main.default.reviews, which is searched by its vectors, too.
struct Review
{
    int id;
    int stars;
    QString text;
};

const QList<Review> &sampleReviews();

} // namespace Sample
