#include "problems.h"

void Problems::set(Source source, const QString &text)
{
    if (text == m_texts.value(source))
        return;
    if (text.isEmpty())
        m_texts.remove(source);
    else
        m_texts.insert(source, text);
    Q_EMIT changed();
}
