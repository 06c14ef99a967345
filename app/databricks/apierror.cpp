#include "databricks/apierror.h"

#include "common/secrets.h"
#include "databricks/errorbody.h"
#include "databricks/errortable.h"

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

QString sentence(const QString &text)
{
    const bool ended =
        text.isEmpty() || text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?') || text.endsWith(u'…');
    return ended ? text : QString(text + u'.');
}

} // namespace

ApiError::ApiError(Kind kind, const QString &message)
    : m_kind(kind)
    , m_message(Text::shown(message))
    , m_what(m_message.toUtf8())
{}

ApiError ApiError::fromAnswer(int status, const QByteArray &contentType, const QByteArray &body,
                              const QString &reasonPhrase)
{
    const ErrorBody said = readErrorBody(contentType, body);
    const QString code = Text::shown(said.code, 100);
    QString message = Text::shown(said.message);
    if (message.isEmpty())
        message = u"HTTP %1 %2"_s.arg(status).arg(Text::shown(reasonPhrase, 200)).trimmed();
    ApiError error(kindOfAnswer(status, code, message), message);
    error.m_status = status;
    error.m_code = code;
    return error;
}

const char *ApiError::what() const noexcept
{
    return m_what.constData();
}

QString ApiError::advice() const
{
    return adviceFor(m_kind, m_code);
}

QString ApiError::text() const
{
    QString text = m_message;
    if (!m_code.isEmpty() && !m_message.contains(m_code)) {
        while (text.endsWith(u'.'))
            text.chop(1);
        text += u" ("_s + m_code + u')';
    }
    text = sentence(text);
    if (const QString next = advice(); !next.isEmpty())
        text += u' ' + next;
    if (m_inDoubt)
        text += u" The workspace may or may not have done what was asked: check before repeating it."_s;
    return text;
}

ApiError &ApiError::setRequest(const QString &request)
{
    m_request = Text::shown(request, 500);
    m_what = QString(m_request + u": "_s + m_message).toUtf8();
    return *this;
}

ApiError &ApiError::setInDoubt(bool inDoubt)
{
    m_inDoubt = inDoubt;
    return *this;
}

} // namespace Databricks
