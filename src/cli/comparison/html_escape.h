#pragma once

#include <string>
#include <string_view>

#include "cli/json.h"

namespace wordkin::cli {

// The parts in a row, behind 'page'.
template <typename... Parts>
void Append(std::string& page, const Parts&... parts) {
  (page.append(std::string_view(parts)), ...);
}

// 'text', whoever wrote it, as an element or a quoted attribute shows it. Ill-formed UTF-8 and
// control characters become U+FFFD.
std::string EscapeHtml(std::string_view text);

// JSON that may stand in a <script> element: no '<' in it can end the element or open a comment.
std::string ScriptJson(const Json& json);

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);

}  // namespace wordkin::cli
