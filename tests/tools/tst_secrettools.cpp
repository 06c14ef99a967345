#include "tools/toolbench.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Value = u"correct-horse-battery-staple"_s;

} // namespace

/// The tools of the toolset secrets: names, never values.
class TestSecretTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void scopesAndSecretsAreListedByName();
    void aSecretIsStoredAndDeleted();
    void theValueIsNowhere();
    void aScopeThatExistsIsNotCreatedAgain();
    void unknownScopesGetTheWordsOfTheApi();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestSecretTools::scopesAndSecretsAreListedByName()
{
    const Mcp::ToolResult scopes = bench->call(u"list_secret_scopes"_s);
    QVERIFY2(!scopes.isError(), qPrintable(scopes.text()));
    QCOMPARE(scopes.structuredContent().value("total"_L1).toInteger(), 3);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/secrets/scopes/list"_s});
    const Mcp::ToolResult secrets = bench->call(u"list_secrets"_s, {{u"scope"_s, u"crm"_s}});
    QVERIFY2(!secrets.isError(), qPrintable(secrets.text()));
    QVERIFY(secrets.text().contains("salesforce-client-secret"_L1));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/secrets/list?scope=crm"_s});
    bench->fault({{u"path"_s, u"/api/2.0/secrets/*"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_secret_scopes"_s).isError());
}

void TestSecretTools::aSecretIsStoredAndDeleted()
{
    const QJsonObject scope{{u"scope"_s, u"new-scope"_s}};
    const QJsonObject name{{u"scope"_s, u"new-scope"_s}, {u"key"_s, u"api-key"_s}};
    QJsonObject secret = name;
    secret.insert(u"value"_s, Value);
    QVERIFY(!bench->call(u"create_secret_scope"_s, scope).isError());
    QVERIFY(!bench->call(u"put_secret"_s, secret).isError());
    QVERIFY(bench->call(u"list_secrets"_s, scope).text().contains("api-key"_L1));
    QVERIFY(!bench->call(u"delete_secret"_s, name).isError());
    QCOMPARE(bench->requests(),
             (QStringList{u"POST /api/2.0/secrets/scopes/create {\"scope\":\"new-scope\"}"_s,
                          u"POST /api/2.0/secrets/put "
                          "{\"key\":\"api-key\",\"scope\":\"new-scope\",\"string_value\":\"%1\"}"_s.arg(Value),
                          u"GET /api/2.0/secrets/list?scope=new-scope"_s,
                          u"POST /api/2.0/secrets/delete {\"key\":\"api-key\",\"scope\":\"new-scope\"}"_s}));
    const Mcp::ToolResult again = bench->call(u"delete_secret"_s, name);
    QVERIFY2(again.isError() && again.text().contains("Secret does not exist"_L1), qPrintable(again.text()));
}

void TestSecretTools::theValueIsNowhere()
{
    const Mcp::ToolResult result =
        bench->call(u"put_secret"_s, {{u"scope"_s, u"crm"_s}, {u"key"_s, u"new-key"_s}, {u"value"_s, Value}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(!result.text().contains(Value));
    const Calls::Record record = bench->log().latest(1).first();
    QCOMPARE(record.target, u"crm/new-key"_s);
    QCOMPARE(record.arguments.value("key"_L1).toString(), u"new-key"_s);
    QVERIFY(!QJsonDocument(record.arguments).toJson().contains(Value.toUtf8()));

    // Not even when the workspace refuses it.
    const Mcp::ToolResult refused =
        bench->call(u"put_secret"_s, {{u"scope"_s, u"no-such-scope"_s}, {u"key"_s, u"k"_s}, {u"value"_s, Value}});
    QVERIFY(refused.isError());
    QVERIFY2(refused.text().contains("Scope no-such-scope does not exist"_L1), qPrintable(refused.text()));
    QVERIFY(!refused.text().contains(Value));
}

void TestSecretTools::aScopeThatExistsIsNotCreatedAgain()
{
    const Mcp::ToolResult result = bench->call(u"create_secret_scope"_s, {{u"scope"_s, u"crm"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("already exists"_L1), qPrintable(result.text()));
}

void TestSecretTools::unknownScopesGetTheWordsOfTheApi()
{
    const Mcp::ToolResult result = bench->call(u"list_secrets"_s, {{u"scope"_s, u"nothing here"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Scope nothing here does not exist"_L1), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestSecretTools)
#include "tst_secrettools.moc"
