#include "tools/sql/grammar/sqlplaces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Beyond what external locations of a workspace can be: an address with another scheme than cloud storage has.
bool isBeyond(const QString &address)
{
    static const QSet<QString> Storage = wordSet("S3 S3A S3N ABFS ABFSS WASB WASBS ADL GS R2 DBFS FILE");
    const qsizetype end = address.indexOf(u':');
    const QString scheme = address.left(end).trimmed().toUpper();
    const bool isScheme = end > 0 && std::ranges::all_of(scheme, [](QChar c) {
                              return c.isLetterOrNumber() || c == u'+' || c == u'.' || c == u'-';
                          });
    return isScheme && (address.sliced(end).startsWith(u":/"_s) || scheme == "JDBC"_L1) && !Storage.contains(scheme);
}

} // namespace

SqlPlaces::SqlPlaces(const SqlWords &words)
    : SqlView(words)
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (!isWord(i) || isSymbol(i - 1, u'.'))
            continue;
        m_isForeign = m_isForeign || usesForeignFormat(i) || hasForeignOptions(i);
        m_copies = m_copies || is(i, "COPY"_L1);
    }
}

bool SqlPlaces::readsBeyond() const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (readsForeignAddress(i) || readsHiddenPath(i))
            return true;
    }
    return false;
}

/// USING a database beyond the workspace, or what nobody knows. JOIN … USING has a bracket.
bool SqlPlaces::usesForeignFormat(qsizetype i) const
{
    static const QSet<QString> Own = wordSet("DELTA ICEBERG PARQUET CSV JSON ORC AVRO TEXT XML BINARYFILE");
    const bool isOwn = isNamed(i + 1) && Own.contains(at(i + 1).text) && !isSymbol(i + 2, u'.');
    return is(i, "USING"_L1) && !isSymbol(i + 1, u'(') && !isOwn;
}

/// OPTIONS (path '…'). What a quoted option is called nobody sees.
bool SqlPlaces::hasForeignOptions(qsizetype i) const
{
    static const QSet<QString> Harmless =
        wordSet("HEADER SEP DELIMITER INFERSCHEMA MULTILINE MODE ENCODING QUOTE ESCAPE "
                "NULLVALUE DATEFORMAT TIMESTAMPFORMAT COMPRESSION");
    if (!is(i, "OPTIONS"_L1) || !isSymbol(i + 1, u'('))
        return false;
    constexpr qsizetype Most = 200;
    const qsizetype begin = i + 2;
    int depth = 1;
    for (i = begin; depth > 0; ++i) {
        if (i >= size() || i - begin > Most)
            return true;
        const bool isKey = depth == 1 && (isSymbol(i - 1, u'(') || isSymbol(i - 1, u','));
        if (isKey && (!isOf(i, Harmless) || isSymbol(i + 1, u'.')))
            return true;
        depth += isSymbol(i, u'(') ? 1 : isSymbol(i, u')') ? -1 : 0;
    }
    return false;
}

/// A file in the web instead of a table or a path: text.`https://…`, read_files('https://…'), LIST 'https://…'
bool SqlPlaces::readsForeignAddress(qsizetype i) const
{
    if (at(i).kind == SqlWord::Kind::Name)
        return isBeyond(at(i).text);
    static const QSet<QString> Files = wordSet("LIST LS READ_FILES");
    const bool isNamedPath = isSymbol(i - 1, u'>') && isSymbol(i - 2, u'=') && is(i - 3, "PATH"_L1);
    const bool isCopied = is(i - 1, "FROM"_L1) && m_copies;
    const bool isPath = isCopied || isOf(i - 1, Files) || (isSymbol(i - 1, u'(') && isOf(i - 2, Files)) || isNamedPath;
    const bool isName = isSymbol(i - 1, u'(') && is(i - 2, "IDENTIFIER"_L1);
    return at(i).kind == SqlWord::Kind::Text &&
           ((isPath && isBeyond(at(i).raw)) || (isName && isBeyond(at(i).raw.section(u'`', 1, 1))));
}

/// read_files() of a path that is put together or given at run time.
bool SqlPlaces::readsHiddenPath(qsizetype i) const
{
    if (!is(i, "READ_FILES"_L1) || !isSymbol(i + 1, u'('))
        return false;
    qsizetype path = i + 2;
    if (is(path, "PATH"_L1) && isSymbol(path + 1, u'=') && isSymbol(path + 2, u'>'))
        path += 3;
    const bool isText = path < size() && at(path).kind == SqlWord::Kind::Text;
    return !isText || !(isSymbol(path + 1, u',') || isSymbol(path + 1, u')'));
}

} // namespace Tools
