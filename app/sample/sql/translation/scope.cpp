#include "sample/sql/translation/scope.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/translation/sqltokens.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Whether path ends with what stands before a column's name.
bool isMeant(const Relation &relation, const QStringList &before)
{
    if (before.size() > relation.path.size())
        return false;
    return std::ranges::equal(relation.path.last(before.size()), before, isSameName);
}

QString columnSql(const Relation &relation, const QString &name)
{
    return quotedName(relation.alias) + u'.' + quotedName(name);
}

/// The type of a field of "struct<job_id:string>"; empty where there is none.
QString fieldType(const QString &structType, const QString &field)
{
    if (!structType.startsWith("struct<"_L1))
        return {};
    for (const QString &one : structType.mid(7).chopped(1).split(u',')) {
        if (isSameName(one.section(u':', 0, 0), field))
            return one.section(u':', 1);
    }
    return {};
}

ScopeHit fieldOf(const ScopeHit &column, const QStringList &fields)
{
    const QString type = fields.size() == 1 ? fieldType(column.type, fields.first()) : QString();
    if (type.isEmpty()) {
        throw SqlFailure(u"FIELD_NOT_FOUND"_s, u"No such struct field `%1` in it."_s.arg(fields.join("`.`"_L1)),
                         u"42704"_s);
    }
    return {u"json_extract(%1, '$.%2')"_s.arg(column.sql, fields.first().toLower()), type, 0};
}

} // namespace

bool isSameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

const Relation &Scope::add(Relation relation)
{
    const QString name = relation.alias;
    const auto isTaken = [this](const QString &alias) {
        return std::ranges::any_of(m_relations, [&](const Relation &one) { return isSameName(one.alias, alias); });
    };
    for (int i = 2; isTaken(relation.alias); ++i)
        relation.alias = name + u':' + QString::number(i);
    m_relations.append(relation);
    return m_relations.last();
}

void Scope::share(const QStringList &names, const QString &kindOfJoin)
{
    const bool isRight = kindOfJoin == "RIGHT"_L1;
    for (const QString &name : names) {
        m_shared.append(name);
        if (kindOfJoin == "FULL"_L1)
            m_fullyShared.append(name.toLower());
        for (qsizetype i = 0; i < m_relations.size(); ++i) {
            const bool isLast = i + 1 == m_relations.size();
            for (ScopeColumn &column : m_relations[i].columns)
                column.isHidden |= isSameName(column.name, name) && isLast != isRight;
        }
    }
}

QStringList Scope::namesInCommon() const
{
    QStringList names;
    const Relation &last = m_relations.last();
    for (const ScopeColumn &column : last.columns) {
        for (const Relation &relation : m_relations.first(m_relations.size() - 1)) {
            for (const ScopeColumn &other : relation.columns) {
                if (isSameName(column.name, other.name) && !other.isHidden)
                    names.append(column.name);
            }
        }
    }
    return names;
}

std::optional<ScopeHit> Scope::findHere(const QStringList &parts) const
{
    const qsizetype most = std::min<qsizetype>(3, parts.size() - 1);
    for (qsizetype before = most; before >= 0; --before) {
        QList<ScopeHit> hits;
        const QString &name = parts.at(before);
        for (const Relation &relation : m_relations) {
            if (!isMeant(relation, parts.first(before)))
                continue;
            for (const ScopeColumn &column : relation.columns) {
                const bool isFull = before == 0 && m_fullyShared.contains(name.toLower());
                if (isSameName(column.name, name) && (before > 0 || !column.isHidden))
                    hits.append({isFull ? quotedName(column.name) : columnSql(relation, column.name), column.type});
            }
        }
        if (hits.size() > 1)
            throw SqlFailure(u"AMBIGUOUS_REFERENCE"_s, u"Reference `%1` is ambiguous."_s.arg(parts.join("`.`"_L1)),
                             u"42704"_s);
        if (!hits.isEmpty())
            return before + 1 < parts.size() ? fieldOf(hits.first(), parts.mid(before + 1)) : hits.first();
    }
    return std::nullopt;
}

std::optional<ScopeHit> Scope::find(const QStringList &parts) const
{
    if (const auto hit = findHere(parts))
        return hit;
    auto hit = m_outer ? m_outer->find(parts) : std::nullopt;
    if (hit)
        ++hit->depth;
    return hit;
}

QList<SampleColumn> Scope::all(const QStringList &before, QStringList *sql) const
{
    QList<SampleColumn> columns;
    // The columns of USING come first.
    for (const QString &name : before.isEmpty() ? m_shared : QStringList()) {
        const auto hit = findHere({name});
        columns.append({name, hit ? hit->type : QString()});
        sql->append(hit ? hit->sql : quotedName(name));
    }
    for (const Relation &relation : m_relations) {
        if (!isMeant(relation, before))
            continue;
        for (const ScopeColumn &column : relation.columns) {
            if (before.isEmpty() && m_shared.contains(column.name, Qt::CaseInsensitive))
                continue;
            columns.append({column.name, column.type});
            sql->append(columnSql(relation, column.name));
        }
    }
    return columns;
}

} // namespace Sample
