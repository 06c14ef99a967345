#include "request.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Http {

QByteArray headerValue(const Headers &headers, const QByteArray &name)
{
    QByteArray value;
    for (const auto &[each, its] : headers) {
        if (each.compare(name, Qt::CaseInsensitive) == 0)
            value = value.isNull() ? its : QByteArray(value + ", " + its);
    }
    return value;
}

QString RequestHead::path() const
{
    return QUrl::fromPercentEncoding(target.split('?').first());
}

QUrlQuery RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QUrlQuery() : QUrlQuery(QString::fromUtf8(target.mid(mark + 1)));
}

Reply Refusal::reply() const
{
    const QJsonObject body{{u"error"_s, reason}};
    return Reply{.status = status, .body = QJsonDocument(body).toJson(QJsonDocument::Compact), .headers = headers};
}

} // namespace Http
