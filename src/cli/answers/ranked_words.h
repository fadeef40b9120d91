#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "query/search/vector_index.h"

namespace wordkin::cli {

struct ScoredWord {
  std::string_view word;
  float score;
  // Shown where they are there.
  std::optional<std::uint64_t> count = {};  // in the corpus
  std::optional<std::size_t> rank = {};     // by frequency, from 1
};

// The words of a search's outcome; live as long as the store.
std::vector<ScoredWord> ScoredWords(const EmbeddingStore& store,
                                    std::span<const query::Neighbor> found);

// What --show asks to see beside a word's score.
inline constexpr Option kShowOption = {
    .name = "show",
    .kind = ValueKind::kText,
    .value_name = "counts,rank",
    .description = "how often each word came in the corpus, and its rank by that"};
class ShownFields {
 public:
  // Throws kUsage for a field that is not known, and for counts that the store has not.
  ShownFields(const Arguments& arguments, const EmbeddingStore& store);
  std::vector<ScoredWord> Words(const EmbeddingStore& store,
                                std::span<const query::Neighbor> found) const;

 private:
  std::vector<std::uint64_t> counts_;  // empty: not shown
  bool shows_rank_ = false;
};

// Scored words in the three styles of an answer, in the order given; count and rank behind.
Json RankedJson(std::span<const ScoredWord> ranked);
// "  0.7654  queen", a line each.
std::string RankedReadable(std::span<const ScoredWord> ranked);
// "\tqueen 0.7654\tprince 0.7012"
std::string RankedFields(std::span<const ScoredWord> ranked);

}  // namespace wordkin::cli
