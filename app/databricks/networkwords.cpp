#include "databricks/networkwords.h"

#include "common/secrets.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

struct Row
{
    QNetworkReply::NetworkError error;
    Failure failure;
    const char *words; ///< %1 is the host
};

constexpr std::array rows{
    Row{QNetworkReply::ConnectionRefusedError, Failure::Refused, "%1 refused the connection."},
    Row{QNetworkReply::HostNotFoundError, Failure::Unreachable, "There is no host %1, or the network is down."},
    Row{QNetworkReply::SslHandshakeFailedError, Failure::Tls, "No trusted connection to %1 could be made."},
    Row{QNetworkReply::ProxyConnectionRefusedError, Failure::Refused, "The proxy refused the connection to %1."},
    Row{QNetworkReply::ProxyConnectionClosedError, Failure::Lost, "The proxy closed the connection to %1."},
    Row{QNetworkReply::ProxyNotFoundError, Failure::Unreachable, "There is no such proxy (on the way to %1)."},
    Row{QNetworkReply::ProxyTimeoutError, Failure::TimedOut, "The proxy did not answer (on the way to %1)."},
    Row{QNetworkReply::ProxyAuthenticationRequiredError, Failure::Unreachable,
        "The proxy wants a user name and password (on the way to %1)."},
    Row{QNetworkReply::UnknownProxyError, Failure::Unreachable, "The proxy failed (on the way to %1)."},
    Row{QNetworkReply::TimeoutError, Failure::TimedOut, "%1 did not answer in time."},
    Row{QNetworkReply::ProtocolFailure, Failure::Garbled, "What %1 answered is not HTTP."},
    Row{QNetworkReply::ProtocolUnknownError, Failure::Garbled, "What %1 answered is not HTTP."},
    Row{QNetworkReply::ProtocolInvalidOperationError, Failure::Garbled, "What %1 answered is not HTTP."},
    Row{QNetworkReply::UnknownContentError, Failure::Garbled, "The answer of %1 could not be decoded."},
};

struct TlsRow
{
    QSslError::SslError error;
    const char *words; ///< %1 is the host, %2 who signed the certificate
};

constexpr const char *unknownIssuer =
    "The certificate that %1 shows was issued by “%2”, whom this computer does not trust. In a company network that is "
    "usually its inspection proxy: ask IT to install its root certificate on this computer.";
constexpr const char *wrongTime =
    "The certificate of %1 is not valid today. Check this computer's date and time; if they are right, the "
    "certificate has to be renewed.";

constexpr std::array tlsRows{
    TlsRow{QSslError::SelfSignedCertificate, unknownIssuer},
    TlsRow{QSslError::SelfSignedCertificateInChain, unknownIssuer},
    TlsRow{QSslError::UnableToGetIssuerCertificate, unknownIssuer},
    TlsRow{QSslError::UnableToGetLocalIssuerCertificate, unknownIssuer},
    TlsRow{QSslError::UnableToVerifyFirstCertificate, unknownIssuer},
    TlsRow{QSslError::CertificateUntrusted, unknownIssuer},
    TlsRow{QSslError::InvalidCaCertificate, unknownIssuer},
    TlsRow{QSslError::CertificateExpired, wrongTime},
    TlsRow{QSslError::CertificateNotYetValid, wrongTime},
    TlsRow{QSslError::HostNameMismatch,
           "The certificate is not for %1 but for another host (issued by “%2”): something "
           "else answers under this name, perhaps a network's login page."},
    TlsRow{QSslError::CertificateRevoked, "The certificate of %1 was revoked by “%2”."},
};

QString issuerOf(const QSslCertificate &certificate)
{
    const QString name = certificate.isNull() ? QString() : certificate.issuerDisplayName();
    return name.isEmpty() ? u"an unknown authority"_s : Text::shown(name, 100);
}

} // namespace

QString wordsForTls(const QString &host, const QList<QSslError> &errors)
{
    QStringList words;
    for (const QSslError &error : errors) {
        const auto row = std::ranges::find(tlsRows, error.error(), &TlsRow::error);
        const QString text =
            row == tlsRows.end()
                ? QString(error.errorString() + u'.')
                : QString::fromUtf8(row->words).replace(u"%1"_s, host).replace(u"%2"_s, issuerOf(error.certificate()));
        if (!words.contains(text))
            words += text;
    }
    return words.join(u' ');
}

NetworkWords wordsFor(const QNetworkReply &reply, const QList<QSslError> &sslErrors)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString host = reply.url().host();
    const QNetworkReply::NetworkError error = reply.error();
    // Qt has an error code for most statuses; an error status is an answer even when its text broke off. Qt wants to
    // rewind the upload after 307 and 308 although it is told not to follow.
    const bool redirect = status >= 300 && error == QNetworkReply::ContentReSendError;
    if (status >= 400 || redirect || (status > 0 && error == QNetworkReply::NoError))
        return {};
    if (error == QNetworkReply::SslHandshakeFailedError && !sslErrors.isEmpty())
        return {Failure::Tls, wordsForTls(host, sslErrors)};
    const auto row = std::ranges::find(rows, error, &Row::error);
    if (row != rows.end())
        return {row->failure, QString::fromUtf8(row->words).replace(u"%1"_s, host)};
    if (status > 0)
        return {Failure::Cut, u"The answer of %1 was cut short."_s.arg(host)};
    return {Failure::Lost, u"The connection to %1 was lost."_s.arg(host)};
}

} // namespace Databricks
