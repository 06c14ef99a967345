#include "sample/server/paging.h"

#include "sample/server/apianswers.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString tokenAt(qsizetype first, const QString &scope)
{
    const QByteArray position = QByteArray::number(first) + ':';
    const QByteArray sealed = position + scope.toUtf8();
    const QByteArray seal = QCryptographicHash::hash(sealed, QCryptographicHash::Sha256).left(9).toBase64();
    const QByteArray token = position + seal;
    return QString::fromLatin1(token.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

qsizetype positionOf(const QString &token, const QString &scope)
{
    const QByteArray text = QByteArray::fromBase64(token.toLatin1(), QByteArray::Base64UrlEncoding);
    bool isNumber = false;
    const qsizetype first = text.left(text.indexOf(':')).toLongLong(&isNumber);
    if (!isNumber || first < 0 || tokenAt(first, scope) != token)
        throw ApiRefusal::invalidParameter(u"Invalid page token: it does not belong to this listing."_s);
    return first;
}

} // namespace

QJsonObject page(const QJsonArray &items, const QString &itemsKey, const PageWish &wish, const QString &scope)
{
    const qsizetype first = wish.token.isEmpty() ? 0 : std::min(positionOf(wish.token, scope), items.size());
    const qsizetype end = std::min(first + wish.size, items.size());
    QJsonArray shown;
    for (qsizetype i = first; i < end; ++i)
        shown.append(items.at(i));
    const qsizetype before = std::max<qsizetype>(first - wish.size, 0);
    return {{itemsKey, shown},
            {u"next_page_token"_s, end < items.size() ? tokenAt(end, scope) : QString()},
            {u"prev_page_token"_s, first > 0 ? tokenAt(before, scope) : QString()}};
}

} // namespace Sample
