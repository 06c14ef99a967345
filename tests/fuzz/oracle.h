#pragma once

#include <QJsonObject>

#include <memory>

/// What Valijson, which is nobody's of ours, says of arguments. Three things it is not asked, because version 1.0 can't
/// tell: whether a number is whole (its Qt adapter takes none above 2^31-1 for one), and pattern and format (std::regex
/// overflows the stack on long strings).
class Oracle
{
public:
    explicit Oracle(const QJsonObject &schema);
    ~Oracle();
    Q_DISABLE_COPY_MOVE(Oracle)

    bool accepts(const QJsonObject &arguments) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};
