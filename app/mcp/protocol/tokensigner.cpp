#include "mcp/protocol/tokensigner.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace Mcp {

namespace {

constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype KeyBytes = 32;

QByteArray randomKey()
{
    QByteArray key(KeyBytes, Qt::Uninitialized);
    QRandomGenerator::system()->generate(key.begin(), key.end());
    return key;
}

// Takes the same time wherever the first difference is.
bool same(const QByteArray &left, const QByteArray &right)
{
    uint difference = left.size() == right.size() ? 0 : 1;
    for (qsizetype i = 0; i < qMin(left.size(), right.size()); ++i)
        difference |= uint(uchar(left[i]) ^ uchar(right[i]));
    return difference == 0;
}

} // namespace

TokenSigner::TokenSigner()
    : m_key(randomKey())
{}

QString TokenSigner::sign(const QByteArray &text, const QByteArray &boundTo) const
{
    return QString::fromLatin1(text.toBase64(Base64) + '.' + signature(text, boundTo).toBase64(Base64));
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
    const QByteArray expected = signature(text, boundTo).toBase64(Base64);
    const bool isOurs = same(bytes.mid(dot + 1), expected) && text.toBase64(Base64) == bytes.left(dot);
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
