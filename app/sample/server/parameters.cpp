#include "sample/server/parameters.h"

#include "sample/server/apianswers.h"

#include <QCryptographicHash>
#include <QJsonObject>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

ApiRefusal unreadable(const QString &name, const QString &wanted)
{
    return ApiRefusal::invalidParameter(u"Invalid value for %1: expected %2."_s.arg(name, wanted));
}

qint64 bounded(qint64 value, const QString &name, qint64 least, qint64 most)
{
    if (value < least || value > most)
        throw unreadable(name, most == std::numeric_limits<qint64>::max()
                                   ? u"a number of at least %1"_s.arg(least)
                                   : u"a number between %1 and %2"_s.arg(least).arg(most));
    return value;
}

qint64 spelled(const QString &text, const QString &name, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    if (!isNumber)
        throw unreadable(name, u"a whole number"_s);
    return bounded(value, name, least, most);
}

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

QString queryText(const QUrlQuery &query, const QString &name)
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

QString requiredText(const QUrlQuery &query, const QString &name)
{
    QString text = queryText(query, name);
    if (text.isEmpty())
        throw ApiRefusal::missingField(name);
    return text;
}

QString requiredText(const QJsonObject &body, const QString &name)
{
    const QJsonValue value = body.value(name);
    if (value.isUndefined() || value.isNull() || value == QJsonValue(QString()))
        throw ApiRefusal::missingField(name);
    if (!value.isString())
        throw unreadable(name, u"text"_s);
    return value.toString();
}

qint64 number(const QJsonValue &value, const QString &name, qint64 least, qint64 most, qint64 fallback)
{
    if (value.isUndefined() || value.isNull())
        return fallback;
    if (value.isString())
        return spelled(value.toString(), name, least, most);
    constexpr qint64 notWhole = std::numeric_limits<qint64>::min();
    const qint64 whole = value.toInteger(notWhole);
    if (whole == notWhole)
        throw unreadable(name, u"a whole number"_s);
    return bounded(whole, name, least, most);
}

qint64 number(const QUrlQuery &query, const QString &name, qint64 least, qint64 most, qint64 fallback)
{
    const QString text = queryText(query, name);
    return text.isEmpty() ? fallback : spelled(text, name, least, most);
}

std::optional<bool> truth(const QUrlQuery &query, const QString &name)
{
    const QString text = queryText(query, name).toLower();
    if (text.isEmpty())
        return std::nullopt;
    if (text != "true"_L1 && text != "false"_L1)
        throw unreadable(name, u"true or false"_s);
    return text == "true"_L1;
}

QString word(const QString &value, const QString &name, const QStringList &allowed)
{
    if (value.isEmpty())
        return allowed.first();
    if (!allowed.contains(value))
        throw unreadable(name, u"one of "_s + allowed.join(", "_L1));
    return value;
}

QStringList words(const QStringList &values, const QString &name, const QStringList &allowed)
{
    for (const QString &value : values) {
        if (!allowed.contains(value))
            throw unreadable(name, u"one of "_s + allowed.join(", "_L1));
    }
    return values;
}

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
