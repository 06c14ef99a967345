#include "tools/files/folders/foldernames.h"

#include "common/visible.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qsizetype MostNameBytes = 240;

/// The languages of notebooks, and how the source of one begins.
struct Source
{
    QLatin1StringView language;
    QLatin1StringView ending;
    QByteArrayView heading;
};

constexpr std::array Sources{Source{"PYTHON"_L1, ".py"_L1, "# Databricks notebook source"},
                             Source{"SQL"_L1, ".sql"_L1, "-- Databricks notebook source"},
                             Source{"SCALA"_L1, ".scala"_L1, "// Databricks notebook source"},
                             Source{"R"_L1, ".r"_L1, "# Databricks notebook source"}};

} // namespace

QString keptBack(const QString &name)
{
    static const QRegularExpression keys(
        u"^(id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._].*)?|_netrc|credentials([._].*)?|(.*[._-])?secret[._-]?key([._].*)?|.*\\.(pem|key|p8|p12|pfx|jks|keystore|ppk|kdbx|env)([._](bak|old|orig|txt))?)$"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    if (name.startsWith(u'.'))
        return u"it is hidden"_s;
    return keys.match(name).hasMatch() ? u"it may hold a key"_s : QString();
}

QString unfit(const QString &name)
{
    static const QRegularExpression forbidden(u"[/\\\\<>:\"|?*\\n\\t]|[. ]$|^ "_s);
    static const QRegularExpression reserved(u"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    if (name.isEmpty() || name == "."_L1 || name == ".."_L1 || name.contains(u'/') || name.contains(u'\\'))
        return u"its name leads elsewhere"_s;
    if (Text::visible(name) != name)
        return u"its name has characters that cannot be seen"_s;
    const bool isOdd = forbidden.match(name).hasMatch() || reserved.match(name).hasMatch();
    return isOdd || name.toUtf8().size() > MostNameBytes ? u"not every computer takes its name"_s : QString();
}

bool holdsPrivateKey(const QByteArray &bytes)
{
    const qsizetype begin = bytes.indexOf("-----BEGIN ");
    return begin >= 0 && bytes.indexOf("PRIVATE KEY-----", begin) >= 0;
}

QString importedName(const QString &name, const QByteArray &beginning)
{
    if (name.endsWith(".ipynb"_L1, Qt::CaseInsensitive))
        return name.chopped(6);
    const QByteArray first = beginning.left(beginning.indexOf('\n')).trimmed();
    for (const Source &source : Sources) {
        if (name.endsWith(source.ending, Qt::CaseInsensitive) && first == source.heading)
            return name.chopped(source.ending.size());
    }
    return name;
}

QString sourceEnding(const QString &language)
{
    for (const Source &source : Sources) {
        if (language == source.language)
            return source.ending;
    }
    return u".txt"_s;
}

} // namespace Tools
