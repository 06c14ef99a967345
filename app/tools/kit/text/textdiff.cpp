#include "tools/kit/text/textdiff.h"

#include "tools/kit/answer.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Lines around a change that stay.
constexpr qsizetype Context = 3;
/// More edits than this are not searched for: time and memory grow with their square.
constexpr int MostEdits = 400;
constexpr qsizetype LineCharacters = 1000;

/// What becomes of a line.
struct Step
{
    char mark; ///< ' ', '-' or '+'
    qsizetype line;
};

/// A text's lines. The last one has no line end where the text does not end with one, and is another than with it.
struct Lines
{
    explicit Lines(const QString &text)
        : texts(text.split(u'\n'))
        , isEnded(text.isEmpty() || text.endsWith(u'\n'))
    {
        if (isEnded)
            texts.removeLast();
    }

    bool allEndWithReturn() const
    {
        return std::ranges::all_of(texts, [](const QString &line) { return line.endsWith(u'\r'); });
    }

    QStringList texts;
    bool isEnded;
};

/// Numbers for lines, the same for the same line.
class Numbers
{
public:
    QList<int> of(const Lines &lines)
    {
        QList<int> numbers;
        for (qsizetype i = 0; i < lines.texts.size(); ++i) {
            const bool isOpen = !lines.isEnded && i == lines.texts.size() - 1;
            const QString key = lines.texts.at(i) + (isOpen ? QString() : u"\n"_s);
            numbers.append(m_known.value(key, int(m_known.size())));
            m_known.insert(key, numbers.last());
        }
        return numbers;
    }

private:
    QHash<QString, int> m_known;
};

/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986: the fewest edits that lead from a to b.
class Search
{
public:
    Search(const QList<int> &a, const QList<int> &b)
        : m_a(a)
        , m_b(b)
    {}

    QList<Step> steps()
    {
        const qsizetype same = commonBegin();
        m_begin = same;
        const qsizetype end = commonEnd();
        m_endA = m_a.size() - end;
        m_endB = m_b.size() - end;
        QList<Step> steps;
        for (qsizetype i = 0; i < same; ++i)
            steps.append({' ', i});
        steps += middle();
        for (qsizetype i = m_endA; i < m_a.size(); ++i)
            steps.append({' ', i});
        return steps;
    }

private:
    qsizetype commonBegin() const
    {
        const qsizetype most = std::min(m_a.size(), m_b.size());
        qsizetype i = 0;
        while (i < most && m_a.at(i) == m_b.at(i))
            ++i;
        return i;
    }

    qsizetype commonEnd() const
    {
        const qsizetype most = std::min(m_a.size(), m_b.size()) - m_begin;
        qsizetype i = 0;
        while (i < most && m_a.at(m_a.size() - 1 - i) == m_b.at(m_b.size() - 1 - i))
            ++i;
        return i;
    }

    QList<Step> middle()
    {
        const qsizetype n = m_endA - m_begin;
        const qsizetype m = m_endB - m_begin;
        const int most = int(std::min<qsizetype>(n + m, MostEdits));
        QList<qsizetype> reached(2 * most + 3, 0); // by diagonal: how far in a
        QList<QList<qsizetype>> history;
        for (int edits = 0; edits <= most; ++edits) {
            history.append(reached.sliced(most + 1 - edits, 2 * edits + 1));
            for (int k = -edits; k <= edits; k += 2) {
                qsizetype x = isDown(reached, most + 1, k, edits) ? reached.at(most + 1 + k + 1)
                                                                  : reached.at(most + 1 + k - 1) + 1;
                while (x < n && x - k < m && m_a.at(m_begin + x) == m_b.at(m_begin + x - k))
                    ++x;
                reached[most + 1 + k] = x;
                if (x >= n && x - k >= m)
                    return traced(history, n, m);
            }
        }
        return replaced();
    }

    static bool isDown(const QList<qsizetype> &reached, qsizetype middle, int k, int edits)
    {
        return k == -edits || (k != edits && reached.at(middle + k - 1) < reached.at(middle + k + 1));
    }

    /// Back from the end through what was reached before each edit.
    QList<Step> traced(const QList<QList<qsizetype>> &history, qsizetype x, qsizetype y) const
    {
        QList<Step> steps;
        for (int edits = int(history.size()) - 1; edits > 0; --edits) {
            const QList<qsizetype> &reached = history.at(edits);
            const int k = int(x - y);
            const bool down = isDown(reached, edits, k, edits);
            const int from = down ? k + 1 : k - 1;
            const qsizetype fromX = reached.at(edits + from);
            const qsizetype fromY = fromX - from;
            while (x > fromX + (down ? 0 : 1) && y > fromY + (down ? 1 : 0)) {
                --x;
                --y;
                steps.prepend({' ', m_begin + x});
            }
            if (down)
                steps.prepend({'+', m_begin + --y});
            else
                steps.prepend({'-', m_begin + --x});
        }
        while (x > 0 && y > 0) {
            --x;
            --y;
            steps.prepend({' ', m_begin + x});
        }
        return steps;
    }

    QList<Step> replaced() const
    {
        QList<Step> steps;
        for (qsizetype i = m_begin; i < m_endA; ++i)
            steps.append({'-', i});
        for (qsizetype i = m_begin; i < m_endB; ++i)
            steps.append({'+', i});
        return steps;
    }

    const QList<int> &m_a;
    const QList<int> &m_b;
    qsizetype m_begin = 0;
    qsizetype m_endA = 0;
    qsizetype m_endB = 0;
};

/// The steps as text: what changes, and the lines around it.
class Writer
{
public:
    Writer(const Lines &before, const Lines &after)
        : m_before(before)
        , m_after(after)
        , m_writesReturns(!before.allEndWithReturn() || !after.allEndWithReturn())
    {}

    QString text(const QList<Step> &steps, qsizetype mostLines)
    {
        for (qsizetype i = 0; i < steps.size();) {
            if (steps.at(i).mark == ' ') {
                ++m_lineBefore, ++m_lineAfter, ++i;
                continue;
            }
            i = writeHunk(steps, i);
        }
        if (m_lines.size() > mostLines) {
            const qsizetype left = m_lines.size() - mostLines;
            m_lines.resize(mostLines);
            m_lines.append(u"… %1 more lines of the difference are not shown."_s.arg(left));
        }
        return m_lines.join(u'\n');
    }

private:
    /// From the change at first on, until so many lines stay that another hunk begins; returns where it ends.
    qsizetype writeHunk(const QList<Step> &steps, qsizetype first)
    {
        const qsizetype begin = first - std::min<qsizetype>(Context, sameBefore(steps, first));
        qsizetype lastChange = first;
        for (qsizetype i = first; i < steps.size() && i - lastChange <= 2 * Context; ++i) {
            if (steps.at(i).mark != ' ')
                lastChange = i;
        }
        const qsizetype end = std::min(steps.size(), lastChange + 1 + Context);
        const qsizetype place = m_lines.size();
        const qsizetype back = first - begin;
        const qsizetype beginBefore = m_lineBefore - back;
        const qsizetype beginAfter = m_lineAfter - back;
        m_lineBefore = beginBefore;
        m_lineAfter = beginAfter;
        for (qsizetype i = begin; i < end; ++i)
            writeStep(steps.at(i));
        m_lines.insert(place, u"@@ -%1 +%2 @@"_s.arg(range(beginBefore, m_lineBefore), range(beginAfter, m_lineAfter)));
        m_written = end;
        return end;
    }

    qsizetype sameBefore(const QList<Step> &steps, qsizetype first) const
    {
        qsizetype same = 0;
        while (first - same > m_written && steps.at(first - same - 1).mark == ' ')
            ++same;
        return same;
    }

    void writeStep(const Step &step)
    {
        const Lines &lines = step.mark == '+' ? m_after : m_before;
        m_lineBefore += step.mark == '+' ? 0 : 1;
        m_lineAfter += step.mark == '-' ? 0 : 1;
        QString line = lines.texts.at(step.line);
        if (line.endsWith(u'\r')) {
            line.chop(1);
            line += m_writesReturns ? u"«U+000D»"_s : QString();
        }
        m_lines.append(QLatin1Char(step.mark) + shortened(line, LineCharacters));
        if (!lines.isEnded && step.line == lines.texts.size() - 1)
            m_lines.append(u"\\ No newline at end of file"_s);
    }

    /// "12,3" in the unified format: from which line on, counted from 1, and how many.
    static QString range(qsizetype begin, qsizetype end)
    {
        const qsizetype count = end - begin;
        return u"%1,%2"_s.arg(count == 0 ? begin : begin + 1).arg(count);
    }

    const Lines &m_before;
    const Lines &m_after;
    const bool m_writesReturns;
    QStringList m_lines;
    qsizetype m_lineBefore = 0;
    qsizetype m_lineAfter = 0;
    qsizetype m_written = 0; ///< steps that are in m_lines
};

} // namespace

TextDiff textDiff(const QString &before, const QString &after, qsizetype mostLines)
{
    const Lines old(before);
    const Lines fresh(after);
    Numbers numbers;
    const QList<int> a = numbers.of(old);
    const QList<int> b = numbers.of(fresh);
    const QList<Step> steps = Search(a, b).steps();
    TextDiff diff;
    diff.removed = std::ranges::count(steps, '-', &Step::mark);
    diff.added = std::ranges::count(steps, '+', &Step::mark);
    diff.text = Writer(old, fresh).text(steps, mostLines);
    return diff;
}

} // namespace Tools
