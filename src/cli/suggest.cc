#include "cli/suggest.h"

#include <cctype>

#include "common/text/printable.h"
#include "common/text/suggestions.h"

namespace wordkin::cli {

std::vector<std::string> NearestNames(std::string_view given,
                                      std::span<const std::string_view> names) {
  Suggestions suggestions(given, 3);
  for (const std::string_view name : names) suggestions.Offer(name);
  std::vector<std::string> nearest = suggestions.Best();
  if (!nearest.empty() || given.empty()) return nearest;
  for (const std::string_view name : names) {
    if (name.starts_with(given) && nearest.size() < 3) nearest.emplace_back(name);
  }
  return nearest;
}

std::vector<std::string> NearestWords(const EmbeddingStore& store, std::string_view word,
                                      std::size_t limit) {
  // Every word of a letter would be as near.
  if (word.empty() || (word.size() == 1 && std::ispunct(static_cast<unsigned char>(word.front()))))
    return {};
  Suggestions suggestions(word, limit);
  for (std::size_t id = 0; id < store.size(); ++id) {
    suggestions.Offer(store.Word(static_cast<WordId>(id)));
  }
  return suggestions.Best();
}

std::string DidYouMean(std::span<const std::string> candidates) {
  std::string text;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    text += i == 0 ? "; did you mean " : i + 1 == candidates.size() ? " or " : ", ";
    text += "'" + Printable(candidates[i]) + "'";
  }
  return text.empty() ? text : text + "?";
}

}  // namespace wordkin::cli
