#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

template<typename Enum>
using EnumName = std::pair<Enum, QLatin1StringView>;

/// The names of an enumeration's values, as files and protocols spell them. Every value has one.
template<typename Enum, std::size_t Count>
class EnumNames
{
public:
    constexpr explicit EnumNames(std::array<EnumName<Enum>, Count> rows)
        : m_rows(rows)
    {}

    constexpr QLatin1StringView of(Enum value) const
    {
        return std::ranges::find(m_rows, value, &EnumName<Enum>::first)->second;
    }

    std::optional<Enum> find(QStringView name) const
    {
        const auto row =
            std::ranges::find_if(m_rows, [name](const EnumName<Enum> &known) { return known.second == name; });
        return row == m_rows.end() ? std::nullopt : std::optional(row->first);
    }

    constexpr const std::array<EnumName<Enum>, Count> &rows() const { return m_rows; }

private:
    std::array<EnumName<Enum>, Count> m_rows;
};

/// constexpr auto Names = enumNames<Color>({{Color::Red, "red"_L1}, {Color::Green, "green"_L1}});
template<typename Enum, std::size_t Count>
constexpr EnumNames<Enum, Count> enumNames(const EnumName<Enum> (&rows)[Count])
{
    return EnumNames<Enum, Count>(std::to_array(rows));
}
