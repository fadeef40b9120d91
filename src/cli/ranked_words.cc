#include "cli/ranked_words.h"

#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {

std::vector<ScoredWord> ScoredWords(const EmbeddingStore& store,
                                    std::span<const query::Neighbor> found) {
  std::vector<ScoredWord> words;
  for (const query::Neighbor& neighbor : found) {
    words.push_back({store.Word(neighbor.id), neighbor.score});
  }
  return words;
}

Json RankedJson(std::span<const ScoredWord> ranked) {
  Json list = Json::array();
  for (const ScoredWord& scored : ranked) {
    Json item;
    item["word"] = scored.word;
    item["score"] = JsonNumber(scored.score);
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
  }
  return text;
}

}  // namespace wordkin::cli
