#include "common/text/text_columns.h"

#include <utf8proc.h>

#include <algorithm>

#include "common/text/utf8.h"

namespace wordkin {

std::string OnOneLine(std::string_view text) {
  std::string line;
  bool is_apart = false;
  while (!text.empty()) {
    const DecodedCodePoint point = DecodeUtf8(text);
    if (IsWhitespace(point.code_point)) {
      is_apart = true;
    } else {
      if (is_apart && !line.empty()) line += ' ';
      is_apart = false;
      line += text.substr(0, point.length);
    }
    text.remove_prefix(point.length);
  }
  return line;
}

std::string CutToColumns(std::string_view text, std::size_t columns) {
  const std::string_view ellipsis = std::string_view("...").substr(0, columns);
  const std::size_t room = columns - ellipsis.size();
  std::size_t width = 0;
  std::size_t kept = 0;  // bytes that leave room for the ellipsis
  for (std::size_t end = 0; end < text.size();) {
    const DecodedCodePoint point = DecodeUtf8(text.substr(end));
    width += static_cast<std::size_t>(
        std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.code_point))));
    if (width > columns) return std::string(text.substr(0, kept)) + std::string(ellipsis);
    end += point.length;
    if (width <= room) kept = end;
  }
  return std::string(text);
}

}  // namespace wordkin
