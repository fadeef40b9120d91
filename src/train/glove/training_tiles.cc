#include "train/glove/training_tiles.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "common/support/parallel_for.h"
#include "train/glove/count_rows.h"
#include "train/glove/scratch_space.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kMostGroups = 64;
// A tile with fewer records than this on average would cost more to hand out than to train.
constexpr double kRecordsPerTile = 1024;
constexpr std::size_t kMostRowsOfGroup = 1 << 16;  // rows have 16 bits in a record
// Of a second-level cache, for the rows that stay; the smallest of today's has 512 KB for itself.
constexpr std::size_t kStripBytes = 384 << 10;
constexpr std::size_t kLeastStripRows = 16;
// Parts of the counts that are read side by side; their number does not change the outcome.
constexpr int kMostParts = 16;

}  // namespace

class TileBuilder {
 public:
  TileBuilder(const PairCounts& counts, const GloveOptions& options, const std::atomic<bool>& stop,
              TrainingTiles& tiles)
      : counts_(counts), options_(options), stop_(stop), tiles_(tiles) {
    CutBlocksIntoParts();
    CutWordsIntoGroups(CountRecordsOfWords());
    CutGroupsIntoStrips();
    PlaceCells();
  }

  void Fill(std::uint64_t memory_bytes) {
    const std::uint64_t record_count = tiles_.record_count();
    if (record_count * sizeof(PairRecord) <= memory_bytes) {
      tiles_.in_memory_ = std::make_unique_for_overwrite<PairRecord[]>(record_count);
      FillTiles(0, tiles_.tile_begins_.size() - 1, tiles_.in_memory_.get());
      tiles_.records_ = tiles_.in_memory_.get();
      return;
    }
    RequireScratchSpace(options_.scratch_folder, record_count * sizeof(PairRecord),
                        "the co-occurrence matrix");
    // No rows are there yet: their memory serves as a buffer, so that the counts are read seldom.
    const std::uint64_t beside_counts =
        options_.memory_bytes - std::min(options_.memory_bytes, counts_.byte_count());
    FillOnDisk(std::max(memory_bytes, beside_counts) / 2);
  }

 private:
  // A cell is what lies together: of a tile, the records of one strip.
  using CellPlaces = std::vector<std::uint64_t>;

  std::size_t word_count() const { return counts_.word_count(); }
  std::size_t group_count() const { return tiles_.group_count(); }

  void CutBlocksIntoParts() {
    const auto part_count = static_cast<std::uint64_t>(std::min(options_.thread_count, kMostParts));
    std::uint64_t pairs = 0;
    part_ends_.clear();
    for (std::size_t i = 0; i < counts_.blocks().size(); ++i) {
      pairs += counts_.blocks()[i].pair_count;
      if (pairs * part_count >= counts_.pair_count() * (part_ends_.size() + 1)) {
        part_ends_.push_back(i + 1);
      }
    }
    if (part_ends_.empty()) part_ends_.push_back(0);
    part_ends_.back() = counts_.blocks().size();
  }

  // Calls use(part, row, pairs) for all rows, the parts side by side, each in rising order.
  template <class Use>
  void ForEachRow(const Use& use) const {
    ParallelFor(part_ends_.size(), options_.thread_count, [&](std::size_t part) {
      for (std::size_t i = part == 0 ? 0 : part_ends_[part - 1]; i < part_ends_[part]; ++i) {
        if (stop_.load(std::memory_order_relaxed)) return;
        const CountBlock& block = counts_.blocks()[i];
        CountRowReader reader(block.bytes, block.first_row, word_count());
        while (reader.Next()) use(part, reader.row(), reader.pairs());
      }
    });
  }

  std::vector<std::uint32_t> CountRecordsOfWords() const {
    std::vector<std::vector<std::uint32_t>> of_part(part_ends_.size());
    for (auto& records : of_part) records.resize(word_count());
    ForEachRow([&](std::size_t part, WordId row, std::span<const PairCount> pairs) {
      for (const PairCount& pair : pairs) ++of_part[part][pair.context];
      of_part[part][row] += static_cast<std::uint32_t>(pairs.size());
      if (pairs.back().context == row) --of_part[part][row];
    });
    for (std::size_t part = 1; part < of_part.size(); ++part) {
      for (std::size_t word = 0; word < word_count(); ++word)
        of_part[0][word] += of_part[part][word];
    }
    return std::move(of_part.front());
  }

  void CutWordsIntoGroups(const std::vector<std::uint32_t>& records) {
    const auto all = std::accumulate(records.begin(), records.end(), std::uint64_t{0});
    const auto groups = std::clamp<std::uint64_t>(
        static_cast<std::uint64_t>(std::sqrt(static_cast<double>(all) / kRecordsPerTile)), 1,
        kMostGroups);
    tiles_.group_begins_ = {0};
    group_of_.resize(word_count());
    std::uint64_t in_group = 0;
    for (WordId word = 0; word < word_count(); ++word) {
      const std::size_t rows = word - tiles_.group_begins_.back();
      if (rows == kMostRowsOfGroup || (rows > 0 && in_group * groups >= all)) {
        tiles_.group_begins_.push_back(word);
        in_group = 0;
      }
      in_group += records[word];
      group_of_[word] = static_cast<std::uint32_t>(tiles_.group_begins_.size() - 1);
    }
    tiles_.group_begins_.push_back(static_cast<WordId>(word_count()));
  }

  void CutGroupsIntoStrips() {
    const std::size_t row_bytes = GloveRowLayout(options_.dimension).row_floats() * sizeof(float);
    const std::size_t strip_rows = std::max(kStripBytes / row_bytes, kLeastStripRows);
    strip_of_.resize(word_count());
    std::uint32_t strip = 0;
    for (std::size_t group = 0; group < group_count(); ++group) {
      first_strip_.push_back(strip);
      for (WordId word = tiles_.GroupBegin(group); word < tiles_.GroupBegin(group + 1); ++word) {
        strip_of_[word] =
            strip + static_cast<std::uint32_t>((word - tiles_.GroupBegin(group)) / strip_rows);
      }
      strip = strip_of_[tiles_.GroupBegin(group + 1) - 1] + 1;
    }
    first_strip_.push_back(strip);
  }

  // Of a pair, the strip is that of the more frequent word. On the diagonal both records of a pair
  // lie in one cell.
  std::size_t Cell(std::size_t rare_group, std::uint32_t strip, bool word_is_rare) const {
    const std::size_t strip_count = first_strip_.back();
    const bool upper = !word_is_rare && strip < first_strip_[rare_group];
    return ((upper ? group_count() : 0) + rare_group) * strip_count + strip;
  }

  template <class Use>
  void ForEachRecord(const Use& use) const {
    ForEachRow([&](std::size_t part, WordId row, std::span<const PairCount> pairs) {
      const std::size_t group = group_of_[row];
      for (const PairCount& pair : pairs) {
        const std::uint32_t strip = strip_of_[pair.context];
        use(part, Cell(group, strip, true), row, pair.context, pair.count);
        if (pair.context == row) continue;
        use(part, Cell(group, strip, false), pair.context, row, pair.count);
      }
    });
  }

  // Where each part's records of each cell begin: tile after tile, strip after strip, part after
  // part, so that the order is that of the counts whatever the number of parts.
  void PlaceCells() {
    places_.assign(part_ends_.size(), CellPlaces(2 * group_count() * first_strip_.back()));
    ForEachRecord([this](std::size_t part, std::size_t cell, WordId, WordId, std::uint64_t) {
      ++places_[part][cell];
    });
    std::uint64_t place = 0;
    for (std::size_t word_group = 0; word_group < group_count(); ++word_group) {
      for (std::size_t context_group = 0; context_group < group_count(); ++context_group) {
        tiles_.tile_begins_.push_back(place);
        const std::size_t rare = std::max(word_group, context_group);
        const std::size_t frequent = std::min(word_group, context_group);
        for (std::uint32_t strip = first_strip_[frequent]; strip < first_strip_[frequent + 1];
             ++strip) {
          const std::size_t cell = Cell(rare, strip, word_group == rare);
          for (CellPlaces& of_part : places_) {
            place += std::exchange(of_part[cell], place);
          }
        }
      }
    }
    tiles_.tile_begins_.push_back(place);
  }

  // Records of tiles [first, last) to 'target'.
  void FillTiles(std::size_t first, std::size_t last, PairRecord* target) {
    const std::uint64_t begin = tiles_.tile_begins_[first];
    const std::uint64_t end = tiles_.tile_begins_[last];
    const double unit = static_cast<double>(counts_.unit());
    std::vector<CellPlaces> places = places_;
    ForEachRecord(
        [&](std::size_t part, std::size_t cell, WordId word, WordId context, std::uint64_t count) {
          const std::uint64_t place = places[part][cell];
          if (place < begin || place >= end) return;
          ++places[part][cell];
          const WordId word_begin = tiles_.GroupBegin(group_of_[word]);
          const WordId context_begin = tiles_.GroupBegin(group_of_[context]);
          target[place - begin] = {static_cast<std::uint16_t>(word - word_begin),
                                   static_cast<std::uint16_t>(context - context_begin),
                                   static_cast<float>(static_cast<double>(count) / unit)};
        });
  }

  // As many tiles at a time as a buffer holds; each time the counts are read anew.
  void FillOnDisk(std::uint64_t buffer_bytes) {
    const std::vector<std::uint64_t>& begins = tiles_.tile_begins_;
    tiles_.on_disk_ = std::make_unique<ScratchFile>(options_.scratch_folder);
    for (std::size_t first = 0; first + 1 < begins.size();) {
      std::size_t last = first + 1;
      while (last + 1 < begins.size() &&
             (begins[last + 1] - begins[first]) * sizeof(PairRecord) <= buffer_bytes) {
        ++last;
      }
      std::vector<PairRecord> buffer(begins[last] - begins[first]);
      FillTiles(first, last, buffer.data());
      tiles_.on_disk_->Append(std::as_bytes(std::span(buffer)));
      first = last;
    }
    tiles_.records_ = reinterpret_cast<const PairRecord*>(tiles_.on_disk_->Map());
  }

  const PairCounts& counts_;
  const GloveOptions& options_;
  const std::atomic<bool>& stop_;
  TrainingTiles& tiles_;
  std::vector<std::size_t> part_ends_;
  std::vector<std::uint32_t> group_of_;
  std::vector<std::uint32_t> strip_of_;
  std::vector<std::uint32_t> first_strip_;  // (groups + 1)
  std::vector<CellPlaces> places_;          // by part
};

TrainingTiles::TrainingTiles(const PairCounts& counts, const GloveOptions& options,
                             std::uint64_t memory_bytes, const std::atomic<bool>& stop) {
  TileBuilder(counts, options, stop, *this).Fill(memory_bytes);
}

TrainingTiles::~TrainingTiles() {
  if (on_disk_) munmap(const_cast<PairRecord*>(records_), on_disk_->size());
}

}  // namespace wordkin::train
