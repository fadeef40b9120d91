#include "cli/answers/listed_words.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "cli/answers/query_lines.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_detection.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {
namespace {

std::string ReadList(const std::string& path) {
  std::string text = ReadWholeText(path);
  RefuseWhatIsNoText(std::string_view(text).substr(0, kDetectionBytes), path);
  return text;
}

std::string_view SectionName(std::string_view heading) { return TrimSpaces(heading.substr(1)); }

// Each once, in the order of the file.
std::vector<std::string_view> SectionNames(std::string_view text) {
  std::vector<std::string_view> names;
  ForEachLine(text, [&](std::string_view line, std::size_t) {
    if (line.front() != ':') return;
    const std::string_view name = SectionName(line);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  });
  return names;
}

std::string FirstOf(std::span<const std::string_view> names) {
  constexpr std::size_t kNamed = 5;
  std::string text;
  for (const std::string_view name : names.first(std::min(names.size(), kNamed))) {
    text += (text.empty() ? "'" : ", '") + Printable(name) + "'";
  }
  return text + (names.size() > kNamed ? " ..." : "");
}

void CheckSection(std::string_view text, const std::string& path,
                  const std::optional<std::string>& section) {
  const std::vector<std::string_view> names = SectionNames(text);
  if (!section) {
    if (names.size() < 2) return;
    throw Error(ErrorKind::kUsage, "'" + path + "' has " + WithThousands(names.size()) +
                                       " sections, each a relation of its own; "
                                       "choose one with --section: " +
                                       FirstOf(names));
  }
  if (std::ranges::find(names, *section) != names.end()) return;
  const std::vector<std::string> near = NearestNames(*section, names);
  throw Error(ErrorKind::kUsage,
              "'" + path + "' has no section '" + Printable(*section) + "'" +
                  (!near.empty()    ? DidYouMean(near)
                   : !names.empty() ? "; it has " + FirstOf(names)
                                    : "; a section begins with a line ': NAME'"));
}

}  // namespace

ListedWords ReadWordsKnownOrNot(const std::string& path, WordResolver& resolver) {
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
  if (seen.empty()) {
    throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it holds no words");
  }
  return list;
}

ListedWords ReadListedWords(const std::string& path, WordResolver& resolver) {
  ListedWords list = ReadWordsKnownOrNot(path, resolver);
  if (!list.words.empty()) return list;
  throw Error(ErrorKind::kNotFound, "none of the " + Counted(list.unknown.size(), "word", "words") +
                                        " of '" + path + "' is known");
}

ListedPairs ReadListedPairs(const std::string& path, const std::optional<std::string>& section,
                            WordResolver& resolver) {
  const std::string text = ReadList(path);
  CheckSection(text, path, section);
  ListedPairs list;
  bool is_chosen = !section.has_value();
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    if (line.front() == ':') {
      if (section) is_chosen = SectionName(line) == *section;
      return;
    }
    if (!is_chosen) return;
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
    throw Error(ErrorKind::kDamaged,
                "cannot use '" + path + "': it holds no pairs" +
                    (section ? " in section '" + Printable(*section) + "'" : ""));
  throw Error(ErrorKind::kNotFound, "none of the " + Counted(list.skipped, "pair", "pairs") +
                                        " of '" + path + "' is known");
}

}  // namespace wordkin::cli
