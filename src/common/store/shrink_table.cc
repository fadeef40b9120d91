#include "common/store/shrink_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/store/store_error.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

// The rows to keep, rising. Training lengthens a row each time a word has it, so that length counts
// use as well: weighing by the words that have the bucket besides made worse vectors.
std::vector<std::size_t> ChooseRows(const EmbeddingStore& store, std::size_t maximum) {
  const StoredSubwords& subwords = *store.subwords();
  std::vector<std::size_t> chosen(subwords.row_count());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (maximum == 0 || maximum >= chosen.size()) return chosen;
  std::vector<float> lengths(chosen.size());
  std::vector<float> row(store.dimension());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    subwords.CopyRow(i, row);
    lengths[i] = std::sqrt(Dot(row, row));
    if (!std::isfinite(lengths[i])) {
      throw DamagedStore(store.path(), "its subwords hold values that are not finite");
    }
  }
  const auto end = chosen.begin() + static_cast<std::ptrdiff_t>(maximum);
  std::nth_element(chosen.begin(), end, chosen.end(), [&](std::size_t a, std::size_t b) {
    return lengths[a] != lengths[b] ? lengths[a] > lengths[b] : a < b;
  });
  chosen.erase(end, chosen.end());
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

SubwordTable ReadRows(const EmbeddingStore& store, const std::vector<std::size_t>& chosen) {
  const StoredSubwords& subwords = *store.subwords();
  SubwordTable table{subwords.options(), std::vector<std::uint32_t>(chosen.size()),
                     AlignedMatrix(chosen.size(), store.dimension())};
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    table.buckets[row] = subwords.Bucket(chosen[row]);
    subwords.CopyRow(chosen[row], table.rows.Row(row));
  }
  return table;
}

}  // namespace

std::size_t KeptWordCount(const EmbeddingStore& store, const ShrinkLimits& limits) {
  std::size_t count = store.size();
  if (limits.maximum_words > 0) count = std::min(count, limits.maximum_words);
  if (limits.minimum_count == 0) return count;
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  if (std::all_of(counts.begin(), counts.end(), [](std::uint64_t each) { return each == 0; })) {
    throw Error(ErrorKind::kUsage, "cannot drop rare words of '" + store.path() +
                                       "': it has no counts; limit its words by number");
  }
  const auto rare = std::find_if(counts.begin(), counts.end(),
                                 [&](std::uint64_t each) { return each < limits.minimum_count; });
  count = std::min(count, static_cast<std::size_t>(rare - counts.begin()));
  if (count > 0) return count;
  throw Error(ErrorKind::kUsage, "no word of '" + store.path() + "' occurs " +
                                     std::to_string(limits.minimum_count) +
                                     " times; the most frequent one does " +
                                     std::to_string(counts.front()) + " times");
}

EmbeddingTable ReadShrunk(const EmbeddingStore& store, std::size_t word_count,
                          std::size_t maximum_buckets) {
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries(word_count);
  AlignedMatrix rows(word_count, store.dimension());
  for (std::size_t i = 0; i < word_count; ++i) {
    const auto id = static_cast<WordId>(i);
    entries[i] = {std::string(store.Word(id)), counts[i]};
    store.CopyRow(id, rows.Row(i));
  }
  EmbeddingTable table{.vocabulary = Vocabulary(entries), .rows = std::move(rows)};
  if (store.subwords() != nullptr) {
    table.subwords = ReadRows(store, ChooseRows(store, maximum_buckets));
  }
  return table;
}

}  // namespace wordkin
