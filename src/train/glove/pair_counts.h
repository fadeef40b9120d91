#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/store/vocabulary.h"
#include "common/support/mapped_file.h"
#include "train/corpus/scratch_file.h"

namespace wordkin::train {

// A run of rows that can be decoded on its own (CountRowReader).
struct CountBlock {
  WordId first_row;
  std::uint64_t pair_count;
  std::span<const std::byte> bytes;
};

// The counts of all pairs that occur, as the lower triangle of a symmetric matrix: blocks of rows
// in rising order, in memory, in a mapped scratch file, or in a mapped counts file. Movable.
class PairCounts {
 public:
  PairCounts() = default;
  PairCounts(PairCounts&&) noexcept = default;
  PairCounts& operator=(PairCounts&&) noexcept = default;

  std::size_t word_count() const { return word_count_; }
  std::uint64_t unit() const { return unit_; }  // a count divided by it is the sum of 1 / distance
  std::uint64_t pair_count() const { return pair_count_; }
  std::uint64_t byte_count() const { return byte_count_; }
  // Valid while this lives; moving keeps them.
  std::span<const CountBlock> blocks() const { return blocks_; }

 private:
  friend class PairCountsBuilder;
  struct Mapping {
    Mapping(const ScratchFile& file);
    ~Mapping();
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    const std::byte* bytes;
    std::uint64_t size;
  };

  std::size_t word_count_ = 0;
  std::uint64_t unit_ = 1;
  std::uint64_t pair_count_ = 0;
  std::uint64_t byte_count_ = 0;
  std::vector<CountBlock> blocks_;
  std::vector<std::vector<std::byte>> in_memory_;
  std::unique_ptr<Mapping> on_disk_;
  std::optional<MappedFile> file_;
};

// Takes blocks one after the other; beyond 'memory_bytes' they go to a nameless scratch file.
class PairCountsBuilder {
 public:
  PairCountsBuilder(std::size_t word_count, std::uint64_t unit, std::uint64_t memory_bytes,
                    std::string scratch_folder);

  // Throws kInputOutput (a full scratch folder, say). A block without pairs is dropped.
  void Append(WordId first_row, std::uint64_t pair_count, std::vector<std::byte> bytes);
  std::uint64_t byte_count() const { return counts_.byte_count_; }
  PairCounts Finish();
  // For blocks that lie in 'file' already.
  PairCounts Finish(MappedFile file, std::vector<CountBlock> blocks);

 private:
  PairCounts counts_;
  std::uint64_t memory_bytes_;
  std::uint64_t bytes_in_memory_ = 0;
  std::string scratch_folder_;
  std::unique_ptr<ScratchFile> scratch_;
};

}  // namespace wordkin::train
