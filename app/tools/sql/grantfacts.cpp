#include "tools/sql/grantfacts.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/consequences.h"
#include "tools/sql/grammar/sqlwords.h"

#include "common/visible.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// What grants are given on, and how many parts its name has.
struct Securable
{
    QString type; ///< as the API calls it
    qsizetype parts;
};

const QHash<QString, Securable> &securables()
{
    static const QHash<QString, Securable> all{{u"TABLE"_s, {u"table"_s, 3}},      {u"VIEW"_s, {u"table"_s, 3}},
                                               {u"SCHEMA"_s, {u"schema"_s, 2}},    {u"DATABASE"_s, {u"schema"_s, 2}},
                                               {u"CATALOG"_s, {u"catalog"_s, 1}},  {u"VOLUME"_s, {u"volume"_s, 3}},
                                               {u"FUNCTION"_s, {u"function"_s, 3}}};
    return all;
}

struct Grant
{
    Securable on;
    QStringList name;
    QString principal;
};

/// GRANT privileges ON kind name TO principal; REVOKE … FROM principal.
std::optional<Grant> grantIn(const QString &sql)
{
    const SqlReading reading = readSql(sql);
    if (reading.isDoubtful || reading.statements.size() != 1)
        return std::nullopt;
    const SqlView view(reading.statements.first());
    if (!view.is(0, "GRANT"_L1) && !view.is(0, "REVOKE"_L1))
        return std::nullopt;
    qsizetype i = 1;
    while (i < view.size() && !view.is(i, "ON"_L1))
        ++i;
    ++i;
    const auto kind = view.isWord(i) ? securables().constFind(view.at(i).text) : securables().cend();
    Grant grant{kind == securables().cend() ? Securable{u"table"_s, 3} : *kind, {}, {}};
    if (kind != securables().cend())
        ++i;
    for (; view.isNamed(i); i += 2) {
        grant.name.append(view.at(i).raw);
        if (!view.isSymbol(i + 1, u'.'))
            break;
    }
    ++i;
    const bool hasPrincipal =
        (view.is(i, "TO"_L1) || view.is(i, "FROM"_L1)) && view.isNamed(i + 1) && i + 2 == view.size();
    if (!hasPrincipal || grant.name.isEmpty())
        return std::nullopt;
    grant.principal = view.at(i + 1).raw;
    return grant;
}

QStringList privileges(const QJsonObject &answer, const QString &principal)
{
    QStringList held;
    for (const QJsonValue assignment : answer.value("privilege_assignments"_L1).toArray()) {
        if (assignment["principal"_L1].toString().compare(principal, Qt::CaseInsensitive) != 0)
            continue;
        for (const QJsonValue privilege : assignment["privileges"_L1].toArray())
            held.append(privilege.toString());
    }
    return held;
}

} // namespace

QStringList completedName(const ToolCall &call, QStringList parts, qsizetype wanted)
{
    if (wanted == 3 && parts.size() == 1)
        parts.prepend(call.text(u"schema"_s));
    if (wanted > 1 && parts.size() == wanted - 1)
        parts.prepend(call.text(u"catalog"_s));
    return parts.size() == wanted && !parts.contains(QString()) ? parts : QStringList();
}

QCoro::Task<QStringList> grantFacts(ToolCall call)
{
    QStringList facts;
    const std::optional<Grant> grant = grantIn(call.text(u"statement"_s));
    const QStringList name = grant ? completedName(call, grant->name, grant->on.parts) : QStringList();
    if (name.isEmpty())
        co_return facts;
    QUrlQuery query = catalogPages();
    Databricks::addQueryItem(query, u"principal"_s, grant->principal);
    const QString path = catalogPath(u"permissions/"_s + grant->on.type, name.join(u'.'));
    const std::optional<QJsonObject> answer = co_await known(call, path, query);
    const QString who = Text::line(grant->principal, 120);
    if (!answer) {
        facts.append(u"What %1 holds on it now is not known."_s.arg(who));
        co_return facts;
    }
    const QStringList held = privileges(*answer, grant->principal);
    facts.append(held.isEmpty() ? u"%1 holds nothing on it directly now."_s.arg(who)
                                : u"%1 holds on it directly now: %2."_s.arg(who, someOf(held, 20)));
    co_return facts;
}

} // namespace Tools
