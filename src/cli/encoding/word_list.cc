#include "cli/encoding/word_list.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {
namespace {

std::vector<Vocabulary::Entry> WordsOfStore(const std::string& path, std::size_t limit) {
  const EmbeddingStore store(path);
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t id = 0; id < std::min(limit, store.size()); ++id) {
    entries.push_back({std::string(store.Word(static_cast<WordId>(id))), counts[id]});
  }
  return entries;
}

}  // namespace

Vocabulary ReadWordList(const std::string& path, std::size_t limit) {
  if (limit == 0) limit = SIZE_MAX;
  if (path.ends_with(".kin")) return Vocabulary(WordsOfStore(path, limit));
  std::vector<Vocabulary::Entry> entries;
  ForEachLine(ReadWholeText(path), [&](std::string_view line, std::size_t) {
    if (entries.size() < limit) entries.push_back({std::string(line), 0});
  });
  if (entries.empty()) throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it is empty");
  try {
    return Vocabulary(entries);
  } catch (const Error& failure) {
    throw Error(failure.kind(), "cannot use '" + path + "': " + failure.what());
  }
}

}  // namespace wordkin::cli
