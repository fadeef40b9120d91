#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wordkin::contextual {

// The bytes that 'text' stands for (RFC 4648, with padding); nothing when it is no base64.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace wordkin::contextual
