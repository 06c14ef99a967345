#include "tools/sql/grammar/sqlverbs.h"

#include "tools/sql/grammar/sqlwords.h"

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;

namespace Tools {

const QHash<QString, Effects> &verbs()
{
    static const QHash<QString, Effects> all{
        {u"INSERT"_s, Effect::Appends},
        {u"COPY"_s, Effect::Appends},
        {u"LOAD"_s, Effect::Appends},
        {u"UPDATE"_s, Effect::Replaces},
        {u"MERGE"_s, Effect::Replaces},
        {u"ALTER"_s, Effect::Replaces},
        {u"REPLACE"_s, Effect::Replaces},
        {u"COMMENT"_s, Effect::Replaces},
        {u"RESTORE"_s, Effect::Replaces},
        {u"CONVERT"_s, Effect::Replaces},
        {u"SYNC"_s, Effect::Replaces},
        {u"MSCK"_s, Effect::Replaces},
        {u"REPAIR"_s, Effect::Replaces},
        {u"FSCK"_s, Effect::Replaces},
        {u"REORG"_s, Effect::Replaces},
        {u"DELETE"_s, Effect::Destroys},
        {u"DROP"_s, Effect::Destroys},
        {u"TRUNCATE"_s, Effect::Destroys},
        {u"VACUUM"_s, Effect::Destroys},
        {u"REMOVE"_s, Effect::Destroys},
        {u"PURGE"_s, Effect::Destroys},
        {u"GRANT"_s, Effect::Grants},
        {u"REVOKE"_s, Effect::Grants},
        {u"DENY"_s, Effect::Grants},
        // Tags may decide who sees what.
        {u"UNSET"_s, Effect::Replaces | Effect::Grants},
        {u"CALL"_s, Effect::RunsCode},
        {u"EXECUTE"_s, Effect::RunsCode | Effect::Unknown},
        {u"ADD"_s, Effect::RunsCode},
        {u"CREATE"_s, Effect::Adds},
        {u"UNDROP"_s, Effect::Adds},
        {u"PUT"_s, Effect::Adds},
        // Other files, the same data.
        {u"OPTIMIZE"_s, Effect::Adds},
        {u"ANALYZE"_s, Effect::Adds},
        {u"GENERATE"_s, Effect::Adds},
        // Of a streaming table or a view it starts the pipeline, and the word TABLE may stand for one.
        {u"REFRESH"_s, Effect::Adds | Effect::RunsCode},
        {u"CACHE"_s, Effect::Adds},
        {u"UNCACHE"_s, Effect::Adds},
        {u"CLEAR"_s, Effect::Adds},
        // They change the session, which ends with the text.
        {u"SET"_s, Effect::Adds},
        {u"RESET"_s, Effect::Adds},
        {u"USE"_s, Effect::Adds},
        {u"DECLARE"_s, Effect::Adds},
    };
    return all;
}

const QSet<QString> &queries()
{
    static const QSet<QString> all = wordSet("SELECT WITH VALUES TABLE FROM");
    return all;
}

const QSet<QString> &inspections()
{
    static const QSet<QString> all = wordSet("SHOW DESCRIBE DESC EXPLAIN LIST LS");
    return all;
}

const QSet<QString> &controls()
{
    static const QSet<QString> all =
        wordSet("BEGIN END IF ELSE ELSEIF WHILE FOR LOOP REPEAT UNTIL CASE LEAVE ITERATE SIGNAL "
                "RESIGNAL OPEN FETCH CLOSE");
    return all;
}

const QSet<QString> &openings()
{
    static const QSet<QString> all = wordSet("BEGIN ATOMIC THEN ELSE DO LOOP REPEAT");
    return all;
}

const QSet<QString> &turningVerbs()
{
    static const QSet<QString> all =
        wordSet("INSERT UPDATE MERGE DELETE INTO CREATE ALTER DROP TRUNCATE VACUUM RESTORE OVERWRITE "
                "PURGE EXECUTE");
    return all;
}

const QSet<QString> &fillers()
{
    static const QSet<QString> all = wordSet(
        "IF NOT EXISTS OR REPLACE REFRESH TEMPORARY TEMP GLOBAL EXTERNAL FOREIGN LIVE PRIVATE INTO FROM OVERWRITE "
        "ONLY");
    return all;
}

const QSet<QString> &behindNames()
{
    static const QSet<QString> all =
        wordSet("AS USING SET UNSET VALUES SELECT FROM WITH TABLE WHERE ADD DROP ALTER RENAME OWNER CLUSTER PARTITION "
                "PARTITIONED COMMENT TO VERSION TIMESTAMP CASCADE RESTRICT RETAIN DRY ZORDER COMPUTE FULL LOCATION "
                "TBLPROPERTIES OPTIONS LIKE SHALLOW DEEP CLONE BY REPLACE RECOVER ENABLE DISABLE SYNC ASYNC MANAGED "
                "DEFAULT CHANGE REFRESH IS RETURNS SCHEDULE TRIGGER PURGE FILEFORMAT");
    return all;
}

const QSet<QString> &objects()
{
    static const QSet<QString> all =
        wordSet("TABLE TABLES VIEW SCHEMA DATABASE CATALOG VOLUME FUNCTION PROCEDURE SHARE RECIPIENT "
                "PROVIDER CONNECTION LOCATION CREDENTIAL SERVER GROUP USER INDEX POLICY COLUMN "
                "VARIABLE METASTORE STREAMING MATERIALIZED STORAGE SERVICE BLOOMFILTER CLEANROOM");
    return all;
}

const QSet<QString> &accessObjects()
{
    static const QSet<QString> all =
        wordSet("SHARE RECIPIENT PROVIDER CONNECTION LOCATION CREDENTIAL STORAGE SERVICE SERVER GROUP "
                "USER POLICY METASTORE CLEANROOM");
    return all;
}

} // namespace Tools
