#include "mcp/protocol/tokensigner.h"

#include "common/bytes.h"

#include <QMessageAuthenticationCode>

namespace Mcp {

namespace {

constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype KeyBytes = 32;

} // namespace

TokenSigner::TokenSigner()
    : m_key(Bytes::random(KeyBytes))
{}

QString TokenSigner::sign(const QByteArray &text, const QByteArray &boundTo) const
{
    return QString::fromLatin1(Bytes::base64Url(text) + '.' + Bytes::base64Url(signature(text, boundTo)));
}

std::optional<QByteArray> TokenSigner::verify(const QString &token, const QByteArray &boundTo) const
{
    const QByteArray bytes = token.toUtf8();
    const qsizetype dot = bytes.indexOf('.');
    if (dot < 0)
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(bytes.left(dot), Base64 | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    const QByteArray text = *decoded;
    // The encoded forms are compared: base64 has several for the same bytes.
    const QByteArray expected = Bytes::base64Url(signature(text, boundTo));
    const bool isOurs = Bytes::isSame(bytes.mid(dot + 1), expected) && Bytes::base64Url(text) == bytes.left(dot);
    return isOurs ? std::optional(text) : std::nullopt;
}

QByteArray TokenSigner::signature(const QByteArray &text, const QByteArray &boundTo) const
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, m_key);
    // The length first, so that no text can pass for a part of what it is bound to.
    code.addData(QByteArray(QByteArray::number(boundTo.size()) + ':' + boundTo));
    code.addData(text);
    return code.result();
}

} // namespace Mcp
