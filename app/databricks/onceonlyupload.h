#pragma once

#include <QIODevice>

namespace Databricks {

/// A request body that QNetworkAccessManager cannot send a second time. Given bytes it may rewind, it silently repeats
/// a POST whose connection closed without an answer; with a sequential device that does not reset it fails with
/// ContentReSendError instead.
class OnceOnlyUpload final : public QIODevice
{
public:
    OnceOnlyUpload(QByteArray body, QObject *parent);

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override;
    bool atEnd() const override { return bytesAvailable() == 0; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_body;
    qint64 m_position = 0;
};

} // namespace Databricks
