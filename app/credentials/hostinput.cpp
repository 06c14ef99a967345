#include "credentials/hostinput.h"

#include "databricks/requesturl.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace Credentials {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

QString withScheme(const QString &input)
{
    static const QRegularExpression scheme(u"^[a-z][a-z0-9+.-]*://"_s, QRegularExpression::CaseInsensitiveOption);
    return scheme.match(input).hasMatch() ? input : u"https://"_s + input;
}

/// The number of the workspace in an address as the browser shows it ("?o=123"), unless the host's own name says it.
QString workspaceNumber(const QUrl &pasted, const QString &hostName)
{
    static const QRegularExpression number(u"^[1-9][0-9]{0,19}$"_s);
    const QString given = QUrlQuery(pasted).queryItemValue(u"o"_s);
    // Azure's hosts have it in their name, and are one workspace each.
    static const QRegularExpression azure(u"^adb-[0-9]+\\."_s);
    const bool isKnown = azure.match(hostName).hasMatch();
    return number.match(given).hasMatch() && !isKnown ? given : QString();
}

/// The host, and the workspace's number where it serves several, in one spelling: they are part of the token's key in
/// the keychain.
QUrl bareHost(const QUrl &pasted)
{
    QString name = pasted.host(QUrl::FullyDecoded);
    while (name.endsWith(u'.'))
        name.chop(1);
    QUrl host;
    host.setScheme(pasted.scheme());
    host.setHost(name);
    if (const int standard = pasted.scheme() == u"https" ? 443 : 80; pasted.port(standard) != standard)
        host.setPort(pasted.port());
    if (const QString number = workspaceNumber(pasted, host.host()); !number.isEmpty())
        host.setQuery(u"o="_s + number);
    return host;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 0x80; });
}

bool isFullName(const QString &host)
{
    return host.contains(u'.') || host == u"localhost" || !QHostAddress(host).isNull();
}

bool looksLikeToken(const QString &input)
{
    static const QRegularExpression token(u"^dapi[0-9a-f]{16,}"_s, QRegularExpression::CaseInsensitiveOption);
    return token.match(input).hasMatch();
}

bool isAccountConsole(const QString &host)
{
    static const QRegularExpression console(
        u"^accounts(-[a-z]+)?\\.(.+\\.)?(databricks\\.(com|us)|azuredatabricks\\.net|databricks\\.azure\\.(us|cn))$"_s);
    return console.match(host).hasMatch();
}

/// In the order of the questions; the words never repeat the input, which may hold a password or a token.
QString problemWith(const QString &text, const QUrl &pasted, const QUrl &host)
{
    if (text.isEmpty())
        return Words::tr("Enter the address of your workspace, as the browser shows it: "
                         "https://adb-1234567890123456.7.azuredatabricks.net");
    if (looksLikeToken(text))
        return Words::tr("That looks like a token. Enter the address of your workspace here.");
    if (pasted.authority().contains(u'@'))
        return Words::tr(
            "The address holds a user name or a password. Enter the host only; the token has its own field.");
    if (pasted.isValid() && pasted.scheme() != u"https" && pasted.scheme() != u"http")
        return Words::tr("A workspace's address begins with https://.");
    if (!pasted.isValid() || host.host().isEmpty() || pasted.port(443) == 0)
        return Words::tr("That is not an address. Copy it from the browser's address bar with your workspace open.");
    if (!isAscii(host.host()))
        return Words::tr("The address holds letters that no workspace's address has. Copy it from the browser again.");
    if (!isFullName(host.host()))
        return Words::tr("The address is not complete. It looks like adb-1234567890123456.7.azuredatabricks.net or "
                         "example.cloud.databricks.com.");
    if (isAccountConsole(host.host()))
        return Words::tr("That is the console of an account, not a workspace. Open your workspace from there and copy "
                         "its address from the browser's address bar.");
    if (host.scheme() == u"http" && !Databricks::isAcceptableHost(host))
        return Words::tr("Over plain http others on the way could read the token. Use https://.");
    if (!Databricks::isAcceptableHost(host))
        return Words::tr("A token can't be sent to that address.");
    return {};
}

} // namespace

QUrl hostFromInput(const QString &input, QString *problem)
{
    const QString text = input.trimmed();
    const QUrl pasted(withScheme(text), QUrl::StrictMode);
    const QUrl host = bareHost(pasted);
    *problem = problemWith(text, pasted, host);
    return problem->isEmpty() ? host : QUrl();
}

} // namespace Credentials
