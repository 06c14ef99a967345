#include "credentials/tokeninput.h"

#include <QCoreApplication>

#include <algorithm>

namespace Credentials {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

bool isHeaderCharacter(QChar character)
{
    return character > u' ' && character < u'\x7f';
}

} // namespace

QString tokenFromInput(const QString &input, QString *problem)
{
    problem->clear();
    const QString token = input.trimmed();
    if (token.isEmpty())
        *problem = Words::tr("Enter a personal access token. You make one in Databricks under Settings > Developer > "
                             "Access tokens.");
    else if (std::any_of(token.cbegin(), token.cend(), [](QChar c) { return c.isSpace(); }))
        *problem = Words::tr("The token has a space or a line break inside. Copy it again, and only the token.");
    else if (!std::all_of(token.cbegin(), token.cend(), isHeaderCharacter))
        *problem = Words::tr("The token holds a character that no token has. Copy it again, and only the token.");
    return problem->isEmpty() ? token : QString();
}

} // namespace Credentials
