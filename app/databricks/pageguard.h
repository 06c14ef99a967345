#pragma once

#include "databricks/apierror.h"

#include <QSet>
#include <QString>

namespace Databricks {

/// Keeps whoever follows the pages of a listing, or the chunks of a result, from following them forever.
class PageGuard
{
public:
    /// Throws this error where a page comes again, or after so many.
    explicit PageGuard(const ApiError &endless, qsizetype mostPages = 10'000)
        : m_endless(endless)
        , m_mostPages(mostPages)
    {}

    /// To be told of each page before it is read.
    void reading(const QString &page)
    {
        if (m_pages.contains(page) || m_pages.size() >= m_mostPages)
            throw m_endless;
        m_pages.insert(page);
    }

private:
    ApiError m_endless;
    qsizetype m_mostPages;
    QSet<QString> m_pages;
};

} // namespace Databricks
