#include "cli/map/map_words.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "cli/answers/answer_filter.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_lines.h"
#include "query/questions/query_word.h"
#include "query/questions/word_lookup.h"
#include "query/search/exact_index.h"

namespace wordkin::cli {
namespace {

struct ChosenWord {
  std::string text;
  query::QueryWord word;
};

std::optional<ChosenWord> FindChosen(const EmbeddingStore& store, const std::string& text) {
  const auto known =
      query::FindInAnyCase(text, [&](std::string_view word) { return store.Find(word); });
  if (known) return ChosenWord{std::string(store.Word(*known)), *known};
  if (std::optional<query::QueryWord> unseen = query::ResolveWord(store, text)) {
    return ChosenWord{text, *std::move(unseen)};
  }
  return std::nullopt;
}

std::string InStore(const EmbeddingStore& store) {
  return "the " + Counted(store.size(), "word", "words") + " of '" + store.path() + "'";
}

std::vector<ChosenWord> MostFrequent(const Arguments& arguments, const EmbeddingStore& store) {
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store);
  const std::size_t wanted = arguments.Integer("top");
  std::vector<ChosenWord> chosen;
  for (std::size_t row = 0; row < store.size() && chosen.size() < wanted; ++row) {
    const auto id = static_cast<WordId>(row);
    if (!filter || filter->Allows(id)) chosen.push_back({std::string(store.Word(id)), id});
  }
  if (chosen.empty()) {
    throw Error(ErrorKind::kNotFound, "none of " + InStore(store) + " is left to show");
  }
  return chosen;
}

void NoteUnknown(const std::vector<std::string>& unknown, const std::string& path,
                 const EmbeddingStore& store, Console& console) {
  constexpr std::size_t kNamed = 3;
  if (unknown.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < unknown.size() && i < kNamed; ++i) {
    names += (i == 0 ? " " : ", ") + QuoteExcerpt(unknown[i]);
  }
  console.Note("left out " + Counted(unknown.size(), "word", "words") + " of " + path +
               ", not among " + InStore(store) + ":" + names +
               (unknown.size() > kNamed ? ", ..." : ""));
}

std::vector<ChosenWord> Listed(const std::string& path, const EmbeddingStore& store,
                               Console& console) {
  std::vector<ChosenWord> chosen;
  std::vector<std::string> unknown;
  std::unordered_set<std::string> taken;
  ForEachLine(ReadWholeText(path), [&](std::string_view line, std::size_t) {
    std::optional<ChosenWord> found = FindChosen(store, std::string(line));
    if (!found) {
      unknown.emplace_back(line);
    } else if (taken.insert(found->text).second) {
      chosen.push_back(*std::move(found));
    }
  });
  if (chosen.empty()) {
    throw Error(ErrorKind::kNotFound, unknown.empty()
                                          ? "'" + path + "' names no word"
                                          : "no word of '" + path + "' is among " + InStore(store));
  }
  NoteUnknown(unknown, path, store, console);
  if (chosen.size() > kMostMapWords) {
    throw Error(ErrorKind::kUsage, "'" + path + "' names " + WithThousands(chosen.size()) +
                                       " words, and a map shows at most " +
                                       WithThousands(kMostMapWords));
  }
  return chosen;
}

// The word itself first.
std::vector<ChosenWord> Around(const Arguments& arguments, const EmbeddingStore& store) {
  const std::string asked = arguments.Text("around");
  std::optional<ChosenWord> centre = FindChosen(store, asked);
  if (!centre) {
    throw Error(ErrorKind::kNotFound, "'" + Printable(asked) + "' is not among " + InStore(store) +
                                          DidYouMean(NearestWords(store, asked)));
  }
  std::vector<float> row(store.dimension());
  query::CopyUnitRow(store, centre->word, row);
  if (Dot(row, row) == 0) {
    throw Error(ErrorKind::kNotFound,
                "nothing is near '" + Printable(asked) + "': its vector is zero");
  }
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store);
  std::vector<WordId> own;
  if (!centre->word.is_unseen()) own.push_back(centre->word.id);
  std::vector<ChosenWord> chosen = {*std::move(centre)};
  const query::SearchRequest request = {row, arguments.Integer("top"), own,
                                        filter ? &*filter : nullptr};
  for (const query::Neighbor& near : query::ExactIndex(store).Search(request)) {
    chosen.push_back({std::string(store.Word(near.id)), near.id});
  }
  return chosen;
}

}  // namespace

void CheckMapWords(const Arguments& arguments) {
  if (!arguments.Has("words")) return;
  for (const char* const other : {"around", "top", "match", "exclude", "min-count"}) {
    if (!arguments.Has(other)) continue;
    throw Error(ErrorKind::kUsage, "--words names the words of the map, and --" +
                                       std::string(other) + " chooses others: give one of the two");
  }
}

MapWords ChooseMapWords(const Arguments& arguments, const EmbeddingStore& store, Console& console) {
  const bool is_around = arguments.Has("around");
  std::vector<ChosenWord> chosen = arguments.Has("words")
                                       ? Listed(arguments.Text("words"), store, console)
                                   : is_around ? Around(arguments, store)
                                               : MostFrequent(arguments, store);
  const std::string centre = is_around ? chosen.front().text : "";
  // Frequent words have low ids; those that the store has not, the highest.
  std::ranges::stable_sort(chosen, {}, [](const ChosenWord& each) { return each.word.id; });
  MapWords result = {{}, AlignedMatrix(chosen.size(), store.dimension()), std::nullopt};
  for (ChosenWord& each : chosen) {
    const std::span<float> row = result.unit_rows.Row(result.words.size());
    query::CopyUnitRow(store, each.word, row);
    if (Dot(row, row) == 0) continue;
    if (is_around && each.text == centre) result.centre = result.words.size();
    result.words.push_back(std::move(each.text));
  }
  result.unit_rows.DropRowsFrom(result.words.size());
  const std::size_t dropped = chosen.size() - result.words.size();
  if (result.words.empty()) {
    throw Error(ErrorKind::kNotFound, "there is nothing to show: all vectors are zero");
  }
  if (dropped > 0) {
    console.Note("left out " + Counted(dropped, "word", "words") +
                 (dropped == 1 ? " whose vector is zero" : " whose vectors are zero"));
  }
  return result;
}

}  // namespace wordkin::cli
