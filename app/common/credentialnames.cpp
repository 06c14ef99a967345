#include "common/credentialnames.h"

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

/// What the names of credentials are made of. "_" may be missing, and in a text be "-" or ".".
struct Word
{
    QLatin1StringView word;
    bool isFoundInText = true; ///< without quotes; else only as the name of a member
};

constexpr std::array Words{
    Word{"token"_L1},
    Word{"password"_L1},
    Word{"passwd"_L1},
    Word{"passphrase"_L1},
    Word{"pwd"_L1},
    Word{"secret"_L1},
    Word{"string_value"_L1},
    Word{"bytes_value"_L1},
    Word{"private_key"_L1},
    Word{"api_key"_L1},
    Word{"access_key"_L1},
    Word{"account_key"_L1},
    Word{"authorization"_L1},
    Word{"credential"_L1, false},
    Word{"connection_string"_L1, false},
    Word{"activation_url"_L1, false},
};

// Databricks' names that contain such a word and hold nothing secret. Their values are still searched for patterns.
constexpr std::array PlainNames{
    "pagetoken"_L1,      "nextpagetoken"_L1,
    "prevpagetoken"_L1,  "idempotencytoken"_L1,
    "maxtokens"_L1,      "tokenid"_L1,
    "secretscope"_L1,    "storagecredentialname"_L1,
    "credentialname"_L1, "storagecredentialid"_L1,
    "credentialid"_L1,   "credentialtype"_L1,
    "secretname"_L1,     "tokentype"_L1,
    "tokenendpoint"_L1,  "authorizationendpoint"_L1,
};

/// The words as foldedName() writes them.
QStringList foldedWords(bool inText)
{
    QStringList list;
    for (const Word &word : Words) {
        if (word.isFoundInText || !inText)
            list.append(foldedName(word.word));
    }
    return list;
}

bool holds(const QString &folded, const QStringList &words)
{
    const auto isIn = [&folded](const QString &word) { return folded.contains(word); };
    return std::ranges::any_of(words, isIn) && std::ranges::find(PlainNames, folded) == PlainNames.end();
}

} // namespace

bool isCredentialName(const QString &name)
{
    static const QStringList words = foldedWords(false);
    return holds(foldedName(name), words);
}

bool isCredentialNameInText(const QString &name)
{
    static const QStringList words = foldedWords(true);
    return holds(foldedName(name), words);
}

QString foldedName(const QString &name)
{
    QString folded = name.normalized(QString::NormalizationForm_KC).toCaseFolded();
    folded.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return folded;
}

QByteArray credentialSigns()
{
    QByteArrayList signs;
    for (const Word &word : Words)
        signs.append(QByteArray(word.word.data(), word.word.size()).split('_').first());
    return signs.join(' ');
}

const QRegularExpression &credentialWord()
{
    static const QRegularExpression compiled = [] {
        QStringList words;
        for (const Word &word : Words)
            words.append(QString(word.word).replace(u"_"_s, u"[_.-]?"_s));
        QRegularExpression expression(words.join(u'|'), QRegularExpression::CaseInsensitiveOption);
        expression.optimize();
        return expression;
    }();
    return compiled;
}

} // namespace Text
