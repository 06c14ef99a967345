#include "databricks/exactjson.h"

#include <QByteArrayView>
#include <QString> // the operators of QStringBuilder

#include <algorithm>
#include <array>

namespace Databricks {

namespace {

/// With fewer digits an integer fits into 64 bits.
constexpr qsizetype SafeDigits = 18;

bool isNumberByte(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// Behind the text that begins at the quote.
qsizetype textEnd(const QByteArray &json, qsizetype quote)
{
    qsizetype i = quote + 1;
    while (i < json.size() && json.at(i) != '"')
        i += json.at(i) == '\\' ? 2 : 1;
    return std::min(i + 1, json.size());
}

/// The word that is no JSON and begins there; empty where none does.
QByteArrayView strangeWord(const QByteArray &json, qsizetype i)
{
    static constexpr std::array<QByteArrayView, 3> words{"NaN", "Infinity", "-Infinity"};
    const QByteArrayView rest = QByteArrayView(json).sliced(i);
    const auto found = std::ranges::find_if(words, [&rest](QByteArrayView word) { return rest.startsWith(word); });
    return found == words.end() ? QByteArrayView() : *found;
}

bool isTooLong(QByteArrayView number)
{
    const bool isInteger = std::ranges::none_of(number, [](char c) { return c == '.' || c == 'e' || c == 'E'; });
    if (!isInteger || number.size() <= SafeDigits)
        return false;
    bool fits = false;
    number.toByteArray().toLongLong(&fits);
    return !fits;
}

} // namespace

QByteArray withExactNumbers(const QByteArray &json)
{
    QByteArray exact;
    qsizetype copied = 0;
    const auto quote = [&](qsizetype from, qsizetype length) {
        exact += json.sliced(copied, from - copied) + '"' + json.sliced(from, length) + '"';
        copied = from + length;
    };
    for (qsizetype i = 0; i < json.size();) {
        const char c = json.at(i);
        if (c == '"') {
            i = textEnd(json, i);
        } else if (c == 'N' || c == 'I' || c == '-' || (c >= '0' && c <= '9')) {
            const qsizetype begin = i;
            if (const QByteArrayView word = strangeWord(json, begin); !word.isEmpty()) {
                i += word.size();
                quote(begin, word.size());
                continue;
            }
            while (i < json.size() && isNumberByte(json.at(i)))
                ++i;
            i = std::max(i, begin + 1);
            if (isTooLong(QByteArrayView(json).sliced(begin, i - begin)))
                quote(begin, i - begin);
        } else {
            ++i;
        }
    }
    return copied == 0 ? json : exact + json.sliced(copied);
}

} // namespace Databricks
