#include "cli/answers/answer_filter.h"

#include <re2/re2.h>

#include <algorithm>
#include <string_view>

#include "cli/answers/left_out_words.h"
#include "cli/answers/listed_words.h"
#include "cli/answers/word_resolver.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

// Removes rows for which 'keeps' is false.
template <typename Keeps>
void Filter(const EmbeddingStore& store, query::RowFilter& filter, const Keeps& keeps) {
  for (std::size_t row = 0; row < store.size(); ++row) {
    const auto id = static_cast<WordId>(row);
    if (filter.Allows(id) && !keeps(id)) filter.Remove(id);
  }
}

void FilterByCount(const Arguments& arguments, const EmbeddingStore& store,
                   query::RowFilter& filter) {
  const std::uint64_t least = arguments.Integer("min-count");
  const std::vector<std::uint64_t> counts = RequireCounts(store, "--min-count");
  Filter(store, filter, [&](WordId id) { return counts[id] >= least; });
}

// RE2 takes time in proportion to the words, whatever the expression.
void FilterByMatch(const Arguments& arguments, const EmbeddingStore& store,
                   query::RowFilter& filter) {
  const std::string pattern = arguments.Text("match");
  const re2::RE2 expression(pattern, re2::RE2::Quiet);
  if (!expression.ok()) {
    throw Error(ErrorKind::kUsage, "option '--match' takes a regular expression, not '" +
                                       Printable(pattern) + "': " + expression.error());
  }
  Filter(store, filter, [&](WordId id) {
    const std::string_view word = store.Word(id);
    return re2::RE2::PartialMatch({word.data(), word.size()}, expression);
  });
}

// Of a word that has no row there is nothing to leave out, though subwords may give it a vector.
void FilterByList(const Arguments& arguments, const EmbeddingStore& store, Console& console,
                  query::RowFilter& filter) {
  const std::string path = arguments.Text("exclude");
  WordResolver resolver(store);
  ListedWords list = ReadWordsKnownOrNot(path, resolver);
  for (std::size_t i = 0; i < list.words.size(); ++i) {
    if (list.resolved[i].is_unseen()) {
      list.unknown.push_back(list.words[i]);
    } else {
      filter.Remove(list.resolved[i].id);
    }
  }
  if (list.unknown.empty() || arguments.Has("quiet")) return;
  console.Note(LeftOutWords(list.unknown, "'" + path + "'"));
}

}  // namespace

bool HasAnswerFilter(const Arguments& arguments) {
  return arguments.Integer("min-count") > 0 || arguments.Has("match") || arguments.Has("exclude");
}

std::optional<query::RowFilter> ChosenFilter(const Arguments& arguments,
                                             const EmbeddingStore& store, Console& console) {
  if (!HasAnswerFilter(arguments)) return std::nullopt;
  query::RowFilter filter(store.size());
  if (arguments.Has("exclude")) FilterByList(arguments, store, console, filter);
  if (arguments.Integer("min-count") > 0) FilterByCount(arguments, store, filter);
  if (arguments.Has("match")) FilterByMatch(arguments, store, filter);
  return filter;
}

std::vector<std::uint64_t> RequireCounts(const EmbeddingStore& store, const std::string& option) {
  std::vector<std::uint64_t> counts = store.ReadCounts();
  if (std::ranges::any_of(counts, [](std::uint64_t count) { return count > 0; })) return counts;
  throw Error(ErrorKind::kUsage, option + " wants to know how often words came: '" + store.path() +
                                     "' has no counts, as its vectors came without");
}

}  // namespace wordkin::cli
