#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wordkin {

inline constexpr std::size_t kDetectionBytes = 4096;

// Throws kDamaged, with a remedy, when the first kDetectionBytes of a file (fewer when it is
// shorter) show that it is no UTF-8 text: UTF-16, UTF-32, a known binary format, or more than a
// tenth of control characters.
void RefuseWhatIsNoText(std::string_view beginning, const std::string& path);

}  // namespace wordkin
