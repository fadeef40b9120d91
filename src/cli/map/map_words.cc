#include "cli/map/map_words.h"

#include <algorithm>
#include <utility>

#include "cli/answers/answer_filter.h"
#include "cli/answers/left_out_words.h"
#include "cli/answers/listed_words.h"
#include "cli/answers/word_resolver.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/questions/query_word.h"
#include "query/search/exact_index.h"

namespace wordkin::cli {
namespace {

struct ChosenWord {
  std::string text;
  query::QueryWord word;
};

// Spelt as the store has it, where it does.
ChosenWord Spelt(const EmbeddingStore& store, std::string text, query::QueryWord word) {
  if (!word.is_unseen()) text = store.Word(word.id);
  return {std::move(text), std::move(word)};
}

std::string InStore(const EmbeddingStore& store) {
  return "the " + Counted(store.size(), "word", "words") + " of '" + store.path() + "'";
}

std::vector<ChosenWord> MostFrequent(const Arguments& arguments, const EmbeddingStore& store,
                                     Console& console) {
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
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

std::vector<ChosenWord> Listed(const Arguments& arguments, const EmbeddingStore& store,
                               Console& console) {
  const std::string path = arguments.Text("words");
  WordResolver resolver(store);
  ListedWords list = ReadListedWords(path, resolver);
  if (!list.unknown.empty() && !arguments.Has("quiet")) {
    console.Note(LeftOutWords(list.unknown, "'" + path + "'"));
  }
  std::vector<ChosenWord> chosen;
  for (std::size_t i = 0; i < list.words.size(); ++i) {
    chosen.push_back(Spelt(store, std::move(list.words[i]), std::move(list.resolved[i])));
  }
  if (chosen.size() > kMostMapWords) {
    throw Error(ErrorKind::kUsage, "'" + path + "' names " + WithThousands(chosen.size()) +
                                       " words, and a map shows at most " +
                                       WithThousands(kMostMapWords));
  }
  return chosen;
}

// The word itself first.
std::vector<ChosenWord> Around(const Arguments& arguments, const EmbeddingStore& store,
                               Console& console) {
  const std::string asked = arguments.Text("around");
  std::optional<query::QueryWord> found = WordResolver(store).Resolve(asked);
  if (!found) {
    throw Error(ErrorKind::kNotFound, "'" + Printable(asked) + "' is not among " + InStore(store) +
                                          DidYouMean(NearestWords(store, asked)));
  }
  ChosenWord centre = Spelt(store, asked, *std::move(found));
  std::vector<float> row(store.dimension());
  query::CopyUnitRow(store, centre.word, row);
  if (Dot(row, row) == 0) {
    throw Error(ErrorKind::kNotFound,
                "nothing is near '" + Printable(asked) + "': its vector is zero");
  }
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  std::vector<WordId> own;
  if (!centre.word.is_unseen()) own.push_back(centre.word.id);
  std::vector<ChosenWord> chosen = {std::move(centre)};
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
  std::vector<ChosenWord> chosen = arguments.Has("words") ? Listed(arguments, store, console)
                                   : is_around            ? Around(arguments, store, console)
                                                          : MostFrequent(arguments, store, console);
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
  if (dropped > 0 && !arguments.Has("quiet")) {
    console.Note("left out " + Counted(dropped, "word", "words") +
                 (dropped == 1 ? " whose vector is zero" : " whose vectors are zero"));
  }
  return result;
}

}  // namespace wordkin::cli
