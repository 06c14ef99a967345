#pragma once

#include "databricks/httpresponse.h"

#include <QList>
#include <QNetworkReply>
#include <QSslError>

namespace Databricks {

/// A network error as a kind of failure and in words: QNetworkReply's own are at times just "Unknown error".
struct NetworkWords
{
    Failure failure = Failure::None;
    QString words;
};

/// None for a finished answer of any HTTP status.
NetworkWords wordsFor(const QNetworkReply &reply, const QList<QSslError> &sslErrors);

/// What is wrong with the certificate and who can mend it.
QString wordsForTls(const QString &host, const QList<QSslError> &errors);

} // namespace Databricks
