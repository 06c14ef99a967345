#pragma once

#include <QLatin1StringView>

namespace Sample {

/// Where the sample says that it stands: links in its answers begin with it.
inline constexpr auto WorkspaceUrl = QLatin1StringView("https://adb-3512467908812345.5.azuredatabricks.net");

} // namespace Sample
