#pragma once

#include <QIODevice>
#include <QJsonArray>

namespace Tools {

/// What becomes of cells that a spreadsheet would run as formulas: those that begin with = + - @, a tab or a carriage
/// return, and are no numbers.
enum class Formulas {
    AsTheyAre,
    Escaped ///< with a ' before them
};

/// A line of CSV (RFC 4180), as Databricks itself writes it: null as the word null.
QByteArray csvLine(const QJsonArray &cells, Formulas formulas = Formulas::AsTheyAre);

/// A sink that takes the JSON of rows, "[["a",null],["b","c"]]", in pieces of any size and writes it to another sink as
/// lines of CSV. Holds no more than one row.
class JsonRowsToCsv final : public QIODevice
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonRowsToCsv)

public:
    /// target must outlive it.
    explicit JsonRowsToCsv(QIODevice *target, Formulas formulas = Formulas::AsTheyAre);

    bool isSequential() const override { return true; }
    /// Whether what was written was the whole of the rows.
    bool isComplete() const { return m_place == Place::After; }
    qint64 rows() const { return m_rows; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    enum class Place { Before, Rows, Row, Text, After, Wrong };

    void take(char c);
    void takeInRows(char c);
    void takeInRow(char c);
    void takeInText(char c);
    void endRow();

    QIODevice *const m_target;
    const Formulas m_formulas;
    Place m_place = Place::Before;
    bool m_escaped = false;
    QByteArray m_row; ///< the JSON of the row that is being read
    qint64 m_rows = 0;
    bool m_failed = false;
};

} // namespace Tools
