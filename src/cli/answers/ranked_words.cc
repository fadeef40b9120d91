#include "cli/answers/ranked_words.h"

#include "cli/answers/answer_filter.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {

std::vector<ScoredWord> ScoredWords(const EmbeddingStore& store,
                                    std::span<const query::Neighbor> found) {
  std::vector<ScoredWord> words;
  for (const query::Neighbor& neighbor : found) {
    words.push_back({store.Word(neighbor.id), neighbor.score});
  }
  return words;
}

ShownFields::ShownFields(const Arguments& arguments, const EmbeddingStore& store) {
  if (!arguments.Has("show")) return;
  const std::string shown = arguments.Text("show");
  for (const std::string_view field : SplitAt(',', shown)) {
    if (field == "rank") {
      shows_rank_ = true;
    } else if (field == "counts") {
      counts_ = RequireCounts(store, "--show counts");
    } else {
      throw Error(ErrorKind::kUsage,
                  "option '--show' takes counts, rank or both with a comma, not '" +
                      Printable(shown) + "'");
    }
  }
}

std::vector<ScoredWord> ShownFields::Words(const EmbeddingStore& store,
                                           std::span<const query::Neighbor> found) const {
  std::vector<ScoredWord> words = ScoredWords(store, found);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!counts_.empty()) words[i].count = counts_[found[i].id];
    if (shows_rank_) words[i].rank = std::size_t{found[i].id} + 1;
  }
  return words;
}

Json RankedJson(std::span<const ScoredWord> ranked) {
  Json list = Json::array();
  for (const ScoredWord& scored : ranked) {
    Json item;
    item["word"] = scored.word;
    item["score"] = JsonNumber(scored.score);
    if (scored.count) item["count"] = *scored.count;
    if (scored.rank) item["rank"] = *scored.rank;
    list.push_back(std::move(item));
  }
  return list;
}

std::string RankedReadable(std::span<const ScoredWord> ranked) {
  std::string text;
  for (const ScoredWord& scored : ranked) {
    // Negative scores keep their column.
    text += (scored.score < 0 ? " " : "  ") + FixedPoint(scored.score, 4) + "  ";
    text += Printable(scored.word);
    if (scored.count) text += "  " + WithThousands(*scored.count);
    if (scored.rank) text += "  #" + WithThousands(*scored.rank);
    text += "\n";
  }
  return text;
}

std::string RankedFields(std::span<const ScoredWord> ranked) {
  std::string text;
  for (const ScoredWord& scored : ranked) {
    text += "\t";
    text += Printable(scored.word);
    text += " " + FixedPoint(scored.score, 4);
    if (scored.count) text += " " + std::to_string(*scored.count);
    if (scored.rank) text += " " + std::to_string(*scored.rank);
  }
  return text;
}

}  // namespace wordkin::cli
