#include "sample/admin/secrets.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype mostBytes = 128 * 1024;
constexpr qsizetype mostSecrets = 1000;

void checkName(const QString &name, const QString &field)
{
    static const QRegularExpression allowed(u"^[\\w@.-]{1,128}$"_s);
    if (!allowed.match(name).hasMatch())
        throw ApiRefusal::invalidParameter(
            u"The %1 may hold letters, digits, dashes, underscores, periods and @, and at most 128 of them."_s.arg(
                field));
}

using Scope = QMap<QString, SecretBook::Secret>;

Scope &existing(SecretBook &book, const QString &name)
{
    const auto scope = book.scopes.find(name);
    if (scope == book.scopes.end())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Scope %1 does not exist!"_s.arg(name));
    return *scope;
}

Http::Reply listScopes(const SecretBook &book)
{
    QJsonArray scopes;
    for (auto scope = book.scopes.begin(); scope != book.scopes.end(); ++scope)
        scopes.append(QJsonObject{{u"name"_s, scope.key()}, {u"backend_type"_s, u"DATABRICKS"_s}});
    return answer({{u"scopes"_s, scopes}});
}

Http::Reply createScope(SecretBook &book, const QJsonObject &body)
{
    const QString name = requiredText(body, u"scope"_s);
    checkName(name, u"scope"_s);
    if (book.scopes.contains(name))
        throw ApiRefusal(400, u"RESOURCE_ALREADY_EXISTS"_s, u"Scope %1 already exists!"_s.arg(name));
    const QString manager = body.value("initial_manage_principal"_L1).toString(book.user);
    if (manager != book.user && manager != "users"_L1)
        throw ApiRefusal::invalidParameter(u"initial_manage_principal may only be users."_s);
    book.scopes.insert(name, {});
    book.acls.insert(name, {{manager, u"MANAGE"_s}});
    return answer({});
}

Http::Reply deleteScope(SecretBook &book, const QJsonObject &body)
{
    const QString name = requiredText(body, u"scope"_s);
    existing(book, name);
    book.scopes.remove(name);
    book.acls.remove(name);
    return answer({});
}

Http::Reply listSecrets(SecretBook &book, const QUrlQuery &query)
{
    QJsonArray secrets;
    const QString name = requiredText(query, u"scope"_s);
    const Scope &scope = existing(book, name);
    for (auto secret = scope.begin(); secret != scope.end(); ++secret)
        secrets.append(QJsonObject{{u"key"_s, secret.key()}, {u"last_updated_timestamp"_s, secret->updated}});
    return answer({{u"secrets"_s, secrets}});
}

Http::Reply putSecret(SecretBook &book, const QJsonObject &body)
{
    Scope &scope = existing(book, requiredText(body, u"scope"_s));
    const QString key = requiredText(body, u"key"_s);
    checkName(key, u"key"_s);
    const bool isBinary = body.contains("bytes_value"_L1);
    if (isBinary && body.contains("string_value"_L1))
        throw ApiRefusal::invalidParameter(u"Only one of string_value and bytes_value may be given."_s);
    const QByteArray value = requiredText(body, isBinary ? u"bytes_value"_s : u"string_value"_s).toUtf8();
    const qsizetype length = isBinary ? QByteArray::fromBase64(value).size() : value.size();
    if (length > mostBytes)
        throw ApiRefusal::invalidParameter(u"The secret value is longer than 128 KB."_s);
    if (!scope.contains(key) && scope.size() >= mostSecrets)
        throw ApiRefusal(400, u"RESOURCE_LIMIT_EXCEEDED"_s, u"A scope holds at most 1000 secrets."_s);
    scope.insert(key, {QDateTime::currentMSecsSinceEpoch(), length});
    return answer({});
}

Http::Reply deleteSecret(SecretBook &book, const QJsonObject &body)
{
    const QString scopeName = requiredText(body, u"scope"_s);
    const QString key = requiredText(body, u"key"_s);
    if (existing(book, scopeName).remove(key) == 0)
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                         u"Secret does not exist with scope: %1 and key: %2"_s.arg(scopeName, key));
    return answer({});
}

QJsonObject aclOf(const QMap<QString, QString> &acls, const QString &principal)
{
    return {{u"principal"_s, principal}, {u"permission"_s, acls.value(principal)}};
}

Http::Reply listAcls(SecretBook &book, const QUrlQuery &query)
{
    const QString scope = requiredText(query, u"scope"_s);
    existing(book, scope);
    const QMap<QString, QString> acls = book.acls.value(scope);
    QJsonArray items;
    for (const QString &principal : acls.keys())
        items.append(aclOf(acls, principal));
    return answer({{u"items"_s, items}});
}

ApiRefusal noAcl(const QString &scope, const QString &principal)
{
    return {404, u"RESOURCE_DOES_NOT_EXIST"_s,
            u"Failed to get secret acl for principal %1 for scope %2."_s.arg(principal, scope)};
}

Http::Reply getAcl(SecretBook &book, const QUrlQuery &query)
{
    const QString scope = requiredText(query, u"scope"_s);
    const QString principal = requiredText(query, u"principal"_s);
    existing(book, scope);
    if (!book.acls.value(scope).contains(principal))
        throw noAcl(scope, principal);
    return answer(aclOf(book.acls.value(scope), principal));
}

Http::Reply putAcl(SecretBook &book, const QJsonObject &body)
{
    const QString scope = requiredText(body, u"scope"_s);
    const QString principal = requiredText(body, u"principal"_s);
    const QString permission = requiredText(body, u"permission"_s);
    existing(book, scope);
    words({permission}, u"permission"_s, {u"READ"_s, u"WRITE"_s, u"MANAGE"_s});
    book.acls[scope].insert(principal, permission);
    return answer({});
}

Http::Reply deleteAcl(SecretBook &book, const QJsonObject &body)
{
    const QString scope = requiredText(body, u"scope"_s);
    const QString principal = requiredText(body, u"principal"_s);
    existing(book, scope);
    if (book.acls[scope].remove(principal) == 0)
        throw noAcl(scope, principal);
    return answer({});
}

} // namespace

SecretBook::SecretBook(QString user)
    : user(std::move(user))
{
    const qint64 month = QDateTime::currentDateTimeUtc().addDays(-30).toMSecsSinceEpoch();
    scopes = {
        {u"crm"_s, {{u"salesforce-client-id"_s, {month, 36}}, {u"salesforce-client-secret"_s, {month, 64}}}},
        {u"data-platform"_s,
         {{u"kafka-password"_s, {month, 40}}, {u"sftp-key"_s, {month, 1679}}, {u"warehouse-password"_s, {month, 24}}}},
        {u"ml"_s, {}}};
    acls = {{u"crm"_s, {{u"rachel.goldberg@example.com"_s, u"MANAGE"_s}, {this->user, u"READ"_s}}},
            {u"data-platform"_s,
             {{this->user, u"MANAGE"_s}, {u"data-platform"_s, u"READ"_s}, {u"etl-robot@example.com"_s, u"READ"_s}}},
            {u"ml"_s, {{this->user, u"MANAGE"_s}}}};
}

QList<Route> secretRoutes(SecretBook &book)
{
    return {
        {"GET", u"/api/2.0/secrets/scopes/list"_s, [&book](const ApiRequest &) { return listScopes(book); }},
        {"POST", u"/api/2.0/secrets/scopes/create"_s,
         [&book](const ApiRequest &ask) { return createScope(book, ask.json); }},
        {"POST", u"/api/2.0/secrets/scopes/delete"_s,
         [&book](const ApiRequest &ask) { return deleteScope(book, ask.json); }},
        {"GET", u"/api/2.0/secrets/list"_s, [&book](const ApiRequest &ask) { return listSecrets(book, ask.query); }},
        {"POST", u"/api/2.0/secrets/put"_s, [&book](const ApiRequest &ask) { return putSecret(book, ask.json); }},
        {"POST", u"/api/2.0/secrets/delete"_s, [&book](const ApiRequest &ask) { return deleteSecret(book, ask.json); }},
        {"GET", u"/api/2.0/secrets/acls/list"_s, [&book](const ApiRequest &ask) { return listAcls(book, ask.query); }},
        {"GET", u"/api/2.0/secrets/acls/get"_s, [&book](const ApiRequest &ask) { return getAcl(book, ask.query); }},
        {"POST", u"/api/2.0/secrets/acls/put"_s, [&book](const ApiRequest &ask) { return putAcl(book, ask.json); }},
        {"POST", u"/api/2.0/secrets/acls/delete"_s,
         [&book](const ApiRequest &ask) { return deleteAcl(book, ask.json); }},
    };
}

} // namespace Sample
