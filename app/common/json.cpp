#include "common/json.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <cmath>

namespace Json {

namespace {

void append(QByteArray &json, const QJsonValue &value);

void append(QByteArray &json, const QString &text)
{
    static constexpr char Hex[] = "0123456789abcdef";
    json += '"';
    const QByteArray utf8 = text.toUtf8();
    qsizetype clean = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char byte = utf8.at(i);
        if (byte != '"' && byte != '\\' && uchar(byte) >= 0x20)
            continue;
        json.append(utf8.constData() + clean, i - clean);
        clean = i + 1;
        json += '\\';
        switch (byte) {
        case '\n':
            json += 'n';
            break;
        case '\r':
            json += 'r';
            break;
        case '\t':
            json += 't';
            break;
        case '"':
        case '\\':
            json += byte;
            break;
        default:
            json += "u00";
            json += Hex[uchar(byte) >> 4];
            json += Hex[byte & 0xf];
        }
    }
    json.append(utf8.constData() + clean, utf8.size() - clean);
    json += '"';
}

void append(QByteArray &json, double number, const QJsonValue &value)
{
    if (!std::isfinite(number))
        json += "null";
    else if (isInteger(value))
        json += QByteArray::number(value.toInteger());
    else
        json += QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
}

bool holdsMore(const QJsonValue &value)
{
    return value.isArray() || value.isObject();
}

void append(QByteArray &json, const QJsonObject &object)
{
    char separator = '{';
    for (const bool more : {false, true}) {
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QJsonValue value = *member;
            if (holdsMore(value) != more)
                continue;
            json += separator;
            separator = ',';
            append(json, member.key());
            json += ':';
            append(json, value);
        }
    }
    if (separator == '{')
        json += '{';
    json += '}';
}

void append(QByteArray &json, const QJsonArray &array)
{
    char separator = '[';
    for (const QJsonValue element : array) {
        json += separator;
        separator = ',';
        append(json, element);
    }
    if (separator == '[')
        json += '[';
    json += ']';
}

void append(QByteArray &json, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return append(json, value.toString());
    case QJsonValue::Double:
        return append(json, value.toDouble(), value);
    case QJsonValue::Object:
        return append(json, value.toObject());
    case QJsonValue::Array:
        return append(json, value.toArray());
    case QJsonValue::Bool:
        json += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        json += "null";
    }
}

} // namespace

bool isInteger(const QJsonValue &value)
{
    // toInteger gives its default back for what is none.
    return value.isDouble() && value.toInteger(0) == value.toInteger(1);
}

QByteArray compact(const QJsonValue &value)
{
    QByteArray json;
    append(json, value);
    return json;
}

} // namespace Json
