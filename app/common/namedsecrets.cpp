#include "common/namedsecrets.h"

#include "common/credentialnames.h"
#include "common/secrets.h"
#include "common/surroundings.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

/// A value in the text, without its quotes.
struct Value
{
    qsizetype begin = -1; ///< none
    qsizetype end = -1;
    qsizetype next = -1; ///< behind its quote
};

/// What may stand between a name and its value, the longer ones first.
constexpr std::array<QStringView, 7> Signs{u"%3d", u":=", u"=>", u"->", u"==", u"=", u":"};

constexpr std::array<QStringView, 2> Joints{u"||", u"+"};

class Finder
{
public:
    explicit Finder(const QString &text)
        : m_around(text)
    {}

    /// The value of the name with these bounds.
    Value valueOf(qsizetype begin, qsizetype end) const
    {
        qsizetype place = end;
        const Quote open = m_around.quoteBefore(begin);
        const Quote close = open ? m_around.takeQuote(place) : Quote();
        return open && close == open ? behindQuoted(begin, place) : behindPlain(begin, end);
    }

    /// Another literal that is joined to the one that ended here: 'x' 'y', "x" + "y".
    Value joinedTo(const Value &value) const
    {
        if (value.next == value.end)
            return {};
        qsizetype place = m_around.gapEnd(value.next);
        for (const QStringView sign : Joints) {
            if (m_around.isAt(place, sign))
                return literal(m_around.gapEnd(place + sign.size()));
        }
        return literal(place);
    }

private:
    /// 'password' 'x', ("password", "x"), "password": "x", ["password"] = "x"
    Value behindQuoted(qsizetype begin, qsizetype place) const
    {
        place = m_around.gapEnd(place);
        if (m_around.at(place) == u',') {
            // Arguments, not the elements of any list.
            const qsizetype open = begin - 1 - m_around.quoteBefore(begin).backslashes;
            const bool isPair = m_around.before(open) == u'(' || m_around.at(begin) == u'-';
            return isPair ? literal(m_around.gapEnd(place + 1)) : Value();
        }
        const bool isIndex = m_around.at(place) == u']' || m_around.at(place) == u')';
        if (isIndex)
            place = m_around.gapEnd(place + 1);
        const qsizetype sign = behindSign(place);
        return isIndex && sign == place ? Value() : literal(m_around.gapEnd(sign));
    }

    /// password = "x", password: str = "x", password=x, (password 'x'), SET a.password = x
    Value behindPlain(qsizetype begin, qsizetype end) const
    {
        qsizetype place = m_around.gapEnd(end);
        const qsizetype sign = behindSign(place);
        if (sign == place) {
            const QChar before = m_around.before(begin);
            const bool isOption = before.isNull() || before == u'(' || before == u',';
            return isOption ? literal(place) : Value();
        }
        const bool isGlued = place == end && (m_around.at(place) == u'=' || m_around.at(place) == u'%');
        place = m_around.gapEnd(sign);
        const Value quoted = literal(place);
        if (quoted.begin >= 0)
            return quoted;
        // A type may stand between.
        if (const qsizetype typed = m_around.gapEnd(m_around.nameEnd(place));
            m_around.at(sign - 1) == u':' && m_around.at(typed) == u'=')
            return literal(m_around.gapEnd(typed + 1));
        if (isGlued && place == sign)
            return bare(place, u" \t\r\n\"'&;,)");
        return isSetting(begin, end) ? bare(place, u"\r\n;") : Value();
    }

    /// SET spark.some.key, and not a column that is set.
    bool isSetting(qsizetype begin, qsizetype end) const
    {
        int dots = 0;
        for (qsizetype place = begin; place < end; ++place)
            dots += m_around.at(place) == u'.' ? 1 : 0;
        return dots > 1 && m_around.isBehindWord(begin, u"set");
    }

    qsizetype behindSign(qsizetype place) const
    {
        for (const QStringView sign : Signs) {
            if (m_around.isAt(place, sign))
                return place + sign.size();
        }
        return place;
    }

    /// A literal that may have a letter in front of its quote: r"x".
    Value literal(qsizetype place) const
    {
        for (int letters = 0; letters < 2 && m_around.at(place).isLetter(); ++letters)
            ++place;
        const Quote quote = m_around.takeQuote(place);
        if (!quote || quote.mark == u'`')
            return {};
        if (m_around.isTriple(place, quote)) {
            const qsizetype end = m_around.tripleEnd(place + 2, quote.mark);
            return {place + 2, end, end + 3};
        }
        const qsizetype end = m_around.valueEnd(place, quote);
        return {place, end, end + quote.backslashes + 1};
    }

    Value bare(qsizetype place, QStringView ends) const
    {
        const qsizetype end = m_around.bareEnd(place, ends);
        return end > place ? Value{place, end, end} : Value();
    }

    Surroundings m_around;
};

} // namespace

QString withoutNamedSecrets(const QString &text)
{
    const Finder finder(text);
    const Surroundings around(text);
    QString result;
    qsizetype done = 0;
    qsizetype place = 0;
    while (true) {
        const QRegularExpressionMatch word =
            // Checked by masked(); checking at every match would make many matches quadratic.
            credentialWord().match(text, place, QRegularExpression::NormalMatch,
                                   QRegularExpression::DontCheckSubjectStringMatchOption);
        if (!word.isValid())
            return mask();
        if (!word.hasMatch())
            break;
        const qsizetype begin = std::max(done, around.nameBegin(word.capturedStart()));
        const qsizetype end = around.nameEnd(word.capturedEnd());
        place = end;
        const bool isQuoted = isQuote(around.at(begin - 1));
        const QString name = text.sliced(begin, end - begin);
        if (isQuoted ? !isCredentialName(name) : !isCredentialNameInText(name))
            continue;
        for (Value value = finder.valueOf(begin, end); value.begin >= 0; value = finder.joinedTo(value)) {
            place = value.next;
            if (value.begin == value.end)
                continue;
            result += QStringView(text).sliced(done, value.begin - done);
            result += mask();
            done = value.end;
        }
    }
    return done == 0 ? text : result + QStringView(text).sliced(done);
}

} // namespace Text
