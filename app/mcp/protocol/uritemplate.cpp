#include "mcp/protocol/uritemplate.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestUri = 8192;

} // namespace

UriTemplate::UriTemplate(const QString &text)
    : m_text(text)
{
    static const QRegularExpression expression(u"\\{(\\+?)([A-Za-z0-9_.]+)\\}"_s);
    QString pattern;
    qsizetype done = 0;
    for (auto match = expression.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch variable = match.next();
        pattern += QRegularExpression::escape(text.mid(done, variable.capturedStart() - done));
        pattern += variable.captured(1).isEmpty() ? u"([^/?#]+)"_s : u"(.+)"_s;
        m_variables << variable.captured(2);
        done = variable.capturedEnd();
    }
    pattern += QRegularExpression::escape(text.mid(done));
    m_pattern = QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                                   QRegularExpression::DotMatchesEverythingOption);
}

std::optional<QMap<QString, QString>> UriTemplate::match(const QString &uri) const
{
    if (uri.size() > LongestUri)
        return std::nullopt;
    const QRegularExpressionMatch match = m_pattern.match(uri);
    if (!match.hasMatch())
        return std::nullopt;
    QMap<QString, QString> values;
    for (qsizetype i = 0; i < m_variables.size(); ++i)
        values[m_variables.at(i)] = QUrl::fromPercentEncoding(match.captured(int(i) + 1).toUtf8());
    return values;
}

} // namespace Mcp
