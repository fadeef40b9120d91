#include "common/text/text_lines.h"

#include <algorithm>
#include <memory>

#include "common/text/byte_source.h"
#include "common/text/decompression.h"

namespace wordkin {
namespace {

constexpr std::string_view kSpaces = " \t\r\v\f";

}  // namespace

std::string ReadWholeText(const std::string& path) {
  constexpr std::size_t kChunkBytes = 1 << 16;
  const std::unique_ptr<ByteSource> source = OpenByteSource(path);
  std::string text;
  std::size_t bytes_read = kChunkBytes;
  while (bytes_read == kChunkBytes) {
    const std::size_t length = text.size();
    text.resize(length + kChunkBytes);
    bytes_read = source->Read({text.data() + length, kChunkBytes});
    text.resize(length + bytes_read);
    RefuseSwollen(text.size(), *source, path);
  }
  return text;
}

std::string_view TrimSpaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

void ForEachLine(std::string_view text,
                 const std::function<void(std::string_view, std::size_t)>& visit) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = TrimSpaces(text.substr(0, end));
    if (!line.empty()) visit(line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<std::string_view> SplitAt(char separator, std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t end = std::min(line.find(separator), line.size());
    fields.push_back(TrimSpaces(line.substr(0, end)));
    if (end == line.size()) return fields;
    line.remove_prefix(end + 1);
  }
}

}  // namespace wordkin
