#include "train/glove/pair_counts.h"

#include <sys/mman.h>

#include <utility>

namespace wordkin::train {

PairCounts::Mapping::Mapping(const ScratchFile& file) : bytes(file.Map()), size(file.size()) {}

PairCounts::Mapping::~Mapping() { munmap(const_cast<std::byte*>(bytes), size); }

PairCountsBuilder::PairCountsBuilder(std::size_t word_count, std::uint64_t unit,
                                     std::uint64_t memory_bytes, std::string scratch_folder)
    : memory_bytes_(memory_bytes), scratch_folder_(std::move(scratch_folder)) {
  counts_.word_count_ = word_count;
  counts_.unit_ = unit;
}

void PairCountsBuilder::Append(WordId first_row, std::uint64_t pair_count,
                               std::vector<std::byte> bytes) {
  if (pair_count == 0) return;
  counts_.pair_count_ += pair_count;
  counts_.byte_count_ += bytes.size();
  if (!scratch_ && bytes_in_memory_ + bytes.size() > memory_bytes_) {
    scratch_ = std::make_unique<ScratchFile>(scratch_folder_);
  }
  if (scratch_) {
    scratch_->Append(bytes);
    // Where it lies is known once the file is mapped.
    counts_.blocks_.push_back({first_row, pair_count, {bytes.data(), bytes.size()}});
    return;
  }
  bytes.shrink_to_fit();
  bytes_in_memory_ += bytes.size();
  counts_.in_memory_.push_back(std::move(bytes));
  counts_.blocks_.push_back({first_row, pair_count, counts_.in_memory_.back()});
}

PairCounts PairCountsBuilder::Finish() {
  if (scratch_) {
    counts_.on_disk_ = std::make_unique<PairCounts::Mapping>(*scratch_);
    const std::byte* place = counts_.on_disk_->bytes;
    for (std::size_t i = counts_.in_memory_.size(); i < counts_.blocks_.size(); ++i) {
      CountBlock& block = counts_.blocks_[i];
      block.bytes = {place, block.bytes.size()};
      place += block.bytes.size();
    }
    scratch_.reset();
  }
  return std::move(counts_);
}

PairCounts PairCountsBuilder::Finish(MappedFile file, std::vector<CountBlock> blocks) {
  for (const CountBlock& block : blocks) {
    counts_.pair_count_ += block.pair_count;
    counts_.byte_count_ += block.bytes.size();
  }
  counts_.blocks_ = std::move(blocks);
  counts_.file_.emplace(std::move(file));
  return std::move(counts_);
}

}  // namespace wordkin::train
