#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "train/corpus/scratch_file.h"
#include "train/glove/glove_kernel.h"
#include "train/glove/glove_options.h"
#include "train/glove/pair_counts.h"

namespace wordkin::train {

// The whole co-occurrence matrix cut into square tiles of word groups x context groups: groups of
// successive words with about equally many records, so that tiles can be trained side by side.
// Inside a tile the records are in an order that needs little memory at a time: the rarer side's
// rows come one after the other, each with all its records in a strip of the frequent side's rows
// that fits the second-level cache. Depends on counts and dimension only. Movable.
class TrainingTiles {
 public:
  // Of counts that are not empty. Records beyond 'memory_bytes' lie in a nameless file in the
  // scratch folder, mapped. Throws kInputOutput when there is no room; incomplete when 'stop'
  // becomes true.
  TrainingTiles(const PairCounts& counts, const GloveOptions& options, std::uint64_t memory_bytes,
                const std::atomic<bool>& stop);
  ~TrainingTiles();
  TrainingTiles(const TrainingTiles&) = delete;
  TrainingTiles& operator=(const TrainingTiles&) = delete;

  std::size_t group_count() const { return group_begins_.size() - 1; }
  // The first word of a group; of group_count(): the number of words.
  WordId GroupBegin(std::size_t group) const { return group_begins_[group]; }
  std::span<const PairRecord> Records(std::size_t word_group, std::size_t context_group) const {
    const std::size_t tile = word_group * group_count() + context_group;
    return {records_ + tile_begins_[tile], tile_begins_[tile + 1] - tile_begins_[tile]};
  }
  std::uint64_t record_count() const { return tile_begins_.back(); }

 private:
  friend class TileBuilder;

  std::vector<WordId> group_begins_;
  std::vector<std::uint64_t> tile_begins_;
  const PairRecord* records_ = nullptr;
  std::unique_ptr<PairRecord[]> in_memory_;
  std::unique_ptr<ScratchFile> on_disk_;
};

}  // namespace wordkin::train
