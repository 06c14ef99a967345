#pragma once

#include "tools/sql/grammar/sqlwords.h"

namespace Tools {

/// Where a statement reads and writes beside the tables of the workspace.
class SqlPlaces : private SqlView
{
public:
    explicit SqlPlaces(const SqlWords &words);

    /// USING or OPTIONS tell of data beyond the workspace.
    bool isForeign() const { return m_isForeign; }
    /// It reads at an address beyond the workspace, or at one that the text does not say.
    bool readsBeyond() const;

private:
    bool usesForeignFormat(qsizetype i) const;
    bool hasForeignOptions(qsizetype i) const;
    bool readsForeignAddress(qsizetype i) const;
    bool readsHiddenPath(qsizetype i) const;

    bool m_isForeign = false;
    bool m_copies = false; ///< COPY INTO … FROM 'address'
};

} // namespace Tools
