#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/json.h"

namespace wordkin::cli {

// The parts in a row, behind 'page'.
template <typename... Parts>
void Append(std::string& page, const Parts&... parts) {
  (page.append(std::string_view(parts)), ...);
}

// 'text', whoever wrote it, as an element or a quoted attribute of HTML or XML shows it. Ill-formed
// UTF-8, control characters, U+FFFE and U+FFFF become U+FFFD.
std::string EscapeHtml(std::string_view text);

// JSON that may stand in a <script> element: no '<' in it can end the element or open a comment.
std::string ScriptJson(const Json& json);

// 'number' in 'byte_count' bytes, the lowest first.
void AppendLittleEndian(std::string& bytes, std::size_t number, int byte_count);

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);

}  // namespace wordkin::cli
