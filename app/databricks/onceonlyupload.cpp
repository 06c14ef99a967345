#include "databricks/onceonlyupload.h"

#include <algorithm>

namespace Databricks {

OnceOnlyUpload::OnceOnlyUpload(QByteArray body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OnceOnlyUpload::bytesAvailable() const
{
    return m_body.size() - m_position + QIODevice::bytesAvailable();
}

qint64 OnceOnlyUpload::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_body.size() - m_position);
    if (size == 0 && maxSize > 0)
        return -1;
    std::copy_n(m_body.constData() + m_position, size, data);
    m_position += size;
    return size;
}

qint64 OnceOnlyUpload::writeData(const char *, qint64)
{
    return -1;
}

} // namespace Databricks
