#include "cli/encoding/word_list.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cli/conversion.h"
#include "common/store/embedding_store.h"
#include "common/store/store_format.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_lines.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

Error BadLine(const std::string& path, std::size_t line, const std::string& reason) {
  return {ErrorKind::kDamaged,
          "cannot use '" + path + "': line " + std::to_string(line) + ": " + reason};
}

}  // namespace

Vocabulary WordsOf(const EmbeddingStore& store, std::size_t limit) {
  const std::size_t count = limit == 0 ? store.size() : std::min(limit, store.size());
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t id = 0; id < count; ++id) {
    entries.push_back({std::string(store.Word(static_cast<WordId>(id))), counts[id]});
  }
  return Vocabulary(entries);
}

Vocabulary ReadWordList(const std::string& path, std::size_t limit) {
  if (path.ends_with(".kin")) return WordsOf(EmbeddingStore(path), limit);
  const std::string text = ReadWholeText(path);
  if (BeginsAsStore(text)) return WordsOf(EmbeddingStore(path), limit);
  std::vector<Vocabulary::Entry> entries;
  std::unordered_map<std::string_view, std::size_t> line_of;
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    if (limit > 0 && entries.size() == limit) return;
    if (line.size() > kMaxWordBytes) {
      throw BadLine(path, number,
                    "it is longer than any word (" + std::to_string(line.size()) + " bytes)");
    }
    if (!IsValidUtf8(line)) throw BadLine(path, number, QuoteExcerpt(line) + " is not valid UTF-8");
    const auto [earlier, is_new] = line_of.emplace(line, number);
    if (!is_new) {
      throw BadLine(path, number,
                    QuoteExcerpt(line) + " was already in line " + std::to_string(earlier->second));
    }
    entries.push_back({std::string(line), 0});
  });
  if (entries.empty()) throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it is empty");
  return Vocabulary(entries);
}

}  // namespace wordkin::cli
