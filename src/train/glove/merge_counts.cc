#include "train/glove/merge_counts.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
#include <utility>

#include "train/glove/count_rows.h"

namespace wordkin::train {
namespace {

// Goes through the rows of one run, block after block.
class RunWalk {
 public:
  explicit RunWalk(const PairCounts& run) : run_(&run) {}

  bool Next() {
    while (!reader_ || !reader_->Next()) {
      if (next_block_ == run_->blocks().size()) return false;
      const CountBlock& block = run_->blocks()[next_block_++];
      reader_.emplace(block.bytes, block.first_row, run_->word_count());
    }
    return true;
  }
  WordId row() const { return reader_->row(); }
  std::span<const PairCount> pairs() const { return reader_->pairs(); }

 private:
  const PairCounts* run_;
  std::size_t next_block_ = 0;
  std::optional<CountRowReader> reader_;
};

// sum += pairs, both by rising context.
void AddPairs(std::span<const PairCount> pairs, std::vector<PairCount>& sum,
              std::vector<PairCount>& buffer) {
  buffer.clear();
  auto own = sum.begin();
  for (const PairCount& pair : pairs) {
    while (own != sum.end() && own->context < pair.context) buffer.push_back(*own++);
    buffer.push_back(pair);
    if (own != sum.end() && own->context == pair.context) buffer.back().count += (own++)->count;
  }
  buffer.insert(buffer.end(), own, sum.end());
  std::swap(sum, buffer);
}

}  // namespace

PairCounts MergeCounts(std::vector<PairCounts> runs, std::size_t word_count, std::uint64_t unit,
                       std::uint64_t memory_bytes, const std::string& scratch_folder,
                       const std::atomic<bool>& stop) {
  constexpr std::size_t kBlockBytes = 1 << 18;
  PairCountsBuilder builder(word_count, unit, memory_bytes, scratch_folder);
  std::vector<RunWalk> walks;
  using RowOfRun = std::pair<WordId, std::size_t>;
  std::priority_queue<RowOfRun, std::vector<RowOfRun>, std::greater<>> next;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    walks.emplace_back(runs[i]);
    if (walks[i].Next()) next.emplace(walks[i].row(), i);
  }
  std::vector<PairCount> sum, buffer;
  while (!next.empty() && !stop.load(std::memory_order_relaxed)) {
    const WordId first_row = next.top().first;
    std::vector<std::byte> bytes;
    CountRowWriter writer(bytes, first_row);
    std::uint64_t pair_count = 0;
    while (!next.empty() && bytes.size() < kBlockBytes) {
      const WordId row = next.top().first;
      sum.clear();
      while (!next.empty() && next.top().first == row) {
        const std::size_t run = next.top().second;
        next.pop();
        AddPairs(walks[run].pairs(), sum, buffer);
        if (walks[run].Next()) next.emplace(walks[run].row(), run);
      }
      writer.Append(row, sum);
      pair_count += sum.size();
    }
    builder.Append(first_row, pair_count, std::move(bytes));
  }
  return builder.Finish();
}

}  // namespace wordkin::train
