#include "sample/sql/sqlcells.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

bool isNumber(const QVariant &value)
{
    const int id = value.metaType().id();
    return id == QMetaType::LongLong || id == QMetaType::Int || id == QMetaType::Double;
}

QString doubleText(double value)
{
    const QString text = QString::number(value, 'g', QLocale::FloatingPointShortest);
    const bool whole = !text.contains(u'.') && !text.contains(u'e') && !text.contains(u'n');
    return whole ? QString(text + u".0"_s) : text;
}

} // namespace

QJsonValue cellOf(const QVariant &value, const QString &typeText)
{
    if (value.isNull())
        return QJsonValue::Null;
    if (typeText == "boolean"_L1)
        return value.toBool() ? u"true"_s : u"false"_s;
    if (typeText.startsWith("decimal"_L1) && isNumber(value))
        return QString::number(value.toDouble(), 'f', typeText.section(u',', 1).chopped(1).toInt());
    if (typeText == "double"_L1 && isNumber(value))
        return doubleText(value.toDouble());
    const QString text = value.toString();
    if (typeText == "timestamp"_L1 && text.size() == 19)
        return QString(QString(text).replace(10, 1, u'T') + u".000Z"_s);
    return text;
}

QString typeOf(const QString &name, const QVariant &value, const SqlTranslation &translation)
{
    const QString said = translation.types.value(name.toLower());
    if (!said.isEmpty())
        return said;
    for (const SampleTable &table : translation.tables) {
        for (const SampleColumn &column : table.columns) {
            if (column.name.compare(name, Qt::CaseInsensitive) == 0)
                return column.typeText;
        }
    }
    static const QRegularExpression date(u"^\\d{4}-\\d\\d-\\d\\d$"_s);
    static const QRegularExpression timestamp(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$"_s);
    switch (value.metaType().id()) {
    case QMetaType::Int:
    case QMetaType::LongLong:
        return u"bigint"_s;
    case QMetaType::Double:
        return u"double"_s;
    default:
        break;
    }
    const QString text = value.toString();
    return date.match(text).hasMatch() ? u"date"_s : timestamp.match(text).hasMatch() ? u"timestamp"_s : u"string"_s;
}

} // namespace Sample
