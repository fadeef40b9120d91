#include "cli/ranked_words.h"

#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {

Json RankedJson(const EmbeddingStore& store, std::span<const query::Neighbor> ranked) {
  Json list = Json::array();
  for (const query::Neighbor& neighbor : ranked) {
    Json item;
    item["word"] = store.Word(neighbor.id);
    item["score"] = JsonNumber(neighbor.score);
    list.push_back(std::move(item));
  }
  return list;
}

std::string RankedReadable(const EmbeddingStore& store, std::span<const query::Neighbor> ranked) {
  std::string text;
  for (const query::Neighbor& neighbor : ranked) {
    // Negative scores keep their column.
    text += (neighbor.score < 0 ? " " : "  ") + FixedPoint(neighbor.score, 4) + "  ";
    text += Printable(store.Word(neighbor.id));
    text += "\n";
  }
  return text;
}

std::string RankedFields(const EmbeddingStore& store, std::span<const query::Neighbor> ranked) {
  std::string text;
  for (const query::Neighbor& neighbor : ranked) {
    text += "\t";
    text += Printable(store.Word(neighbor.id));
    text += " " + FixedPoint(neighbor.score, 4);
  }
  return text;
}

}  // namespace wordkin::cli
