#include "cli/answers/listed_words.h"

#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "cli/answers/query_lines.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/text_detection.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {
namespace {

std::string ReadList(const std::string& path) {
  std::string text = ReadWholeText(path);
  RefuseWhatIsNoText(std::string_view(text).substr(0, kDetectionBytes), path);
  return text;
}

}  // namespace

ListedWords ReadListedWords(const std::string& path, WordResolver& resolver) {
  ListedWords list;
  std::unordered_set<std::string> seen;
  std::unordered_set<WordId> seen_ids;
  ForEachLine(ReadList(path), [&](std::string_view line, std::size_t) {
    for (const std::string& word : SplitWords(std::string(line))) {
      if (!seen.insert(word).second) continue;
      std::optional<query::QueryWord> resolved = resolver.Resolve(word);
      if (!resolved) {
        list.unknown.push_back(word);
      } else if (resolved->is_unseen() || seen_ids.insert(resolved->id).second) {
        list.words.push_back(word);
        list.resolved.push_back(*std::move(resolved));
      }
    }
  });
  if (seen.empty())
    throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it holds no words");
  if (list.words.empty()) {
    throw Error(ErrorKind::kNotFound, "none of the " + Counted(seen.size(), "word", "words") +
                                          " of '" + path + "' is known");
  }
  return list;
}

ListedPairs ReadListedPairs(const std::string& path, WordResolver& resolver) {
  ListedPairs list;
  ForEachLine(ReadList(path), [&](std::string_view line, std::size_t number) {
    if (line.front() == ':') return;
    const std::vector<std::string> words = SplitWords(std::string(line));
    if (words.size() != 2) {
      throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': line " + std::to_string(number) +
                                           " has " + Counted(words.size(), "word", "words") +
                                           "; a pair has two");
    }
    std::optional<query::QueryWord> a = resolver.Resolve(words[0]);
    std::optional<query::QueryWord> b = resolver.Resolve(words[1]);
    if (a && b) {
      list.pairs.push_back({*std::move(a), *std::move(b)});
    } else {
      ++list.skipped;
    }
  });
  if (!list.pairs.empty()) return list;
  if (list.skipped == 0)
    throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it holds no pairs");
  throw Error(ErrorKind::kNotFound, "none of the " + Counted(list.skipped, "pair", "pairs") +
                                        " of '" + path + "' is known");
}

}  // namespace wordkin::cli
