#include "sample/compute/toyarithmetic.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Code comes from strangers: no recursion without an end.
constexpr int deepest = 50;

/// Recursive descent: sum, product, power, atom.
class Reader
{
public:
    Reader(const QString &text, const QHash<QString, double> &names)
        : m_text(text)
        , m_names(names)
    {}

    std::optional<double> read()
    {
        const double value = sum();
        skipSpace();
        return m_failed || m_at != m_text.size() ? std::nullopt : std::optional(value);
    }

private:
    void skipSpace()
    {
        while (m_at < m_text.size() && m_text.at(m_at).isSpace())
            ++m_at;
    }

    bool take(QLatin1StringView sign)
    {
        skipSpace();
        if (!QStringView(m_text).mid(m_at).startsWith(sign))
            return false;
        m_at += sign.size();
        return true;
    }

    double sum()
    {
        double value = product();
        while (!m_failed) {
            if (take("+"_L1))
                value += product();
            else if (take("-"_L1))
                value -= product();
            else
                break;
        }
        return value;
    }

    double product()
    {
        double value = power();
        while (!m_failed) {
            if (take("//"_L1))
                value = std::floor(value / divisor());
            else if (take("/"_L1))
                value /= divisor();
            else if (take("%"_L1))
                value = std::fmod(value, divisor());
            else if (take("*"_L1))
                value *= power();
            else
                break;
        }
        return value;
    }

    double divisor()
    {
        const double value = power();
        if (!m_failed && value == 0)
            throw ZeroDivision();
        return value;
    }

    double power()
    {
        const double value = atom();
        return take("**"_L1) ? std::pow(value, power()) : value;
    }

    double atom()
    {
        if (++m_depth > deepest)
            m_failed = true;
        if (m_failed)
            return 0;
        if (take("-"_L1))
            return -atom();
        if (take("("_L1)) {
            const double value = sum();
            m_failed = m_failed || !take(")"_L1);
            --m_depth;
            return value;
        }
        skipSpace();
        const qsizetype start = m_at;
        while (m_at < m_text.size() &&
               (m_text.at(m_at).isLetterOrNumber() || m_text.at(m_at) == u'_' || m_text.at(m_at) == u'.'))
            ++m_at;
        const QString word = m_text.mid(start, m_at - start);
        bool isNumber = false;
        const double number = word.toDouble(&isNumber);
        m_failed = !isNumber && !m_names.contains(word);
        --m_depth;
        return isNumber ? number : m_names.value(word);
    }

    const QString m_text;
    const QHash<QString, double> &m_names;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

} // namespace

std::optional<double> arithmetic(const QString &text, const QHash<QString, double> &names)
{
    return Reader(text, names).read();
}

} // namespace Sample
