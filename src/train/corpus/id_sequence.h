#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>

#include "common/store/vocabulary.h"
#include "train/corpus/scratch_file.h"

namespace wordkin::train {

// Stands between the lines of a corpus; context windows do not cross it.
inline constexpr WordId kSentenceEnd = 0xFFFFFFFF;

// A corpus as word ids, in order, with kSentenceEnd between lines. Kept in memory up to a limit,
// beyond it in a nameless temporary file that is mapped, so that a corpus may be larger than
// memory. Takes no more memory than the ids themselves. Movable. Append, then Seal, then ids().
class IdSequence {
 public:
  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

  // Spills to 'scratch_folder' (empty: the system's temporary one) beyond 'memory_limit_bytes'.
  explicit IdSequence(std::string scratch_folder = {},
                      std::uint64_t memory_limit_bytes = kUnlimited);
  ~IdSequence();
  IdSequence(IdSequence&& other) noexcept;
  IdSequence& operator=(IdSequence&& other) noexcept;

  // Throws kInputOutput (a full scratch folder, say).
  void Append(std::span<const WordId> ids);
  void Seal();
  // Valid after Seal() while the sequence lives; moving it keeps the span.
  std::span<const WordId> ids() const { return {ids_, sealed_ ? size_ : 0}; }
  // After Seal(): gives the first 'count' ids back to the system; they must not be read any more.
  void DiscardFront(std::size_t count) noexcept;

  bool is_in_memory() const { return file_ == nullptr; }

 private:
  void Swap(IdSequence& other) noexcept;
  void Reserve(std::size_t byte_count);
  void Spill();
  void Unmap() noexcept;

  std::string scratch_folder_;
  std::uint64_t memory_limit_bytes_;
  WordId* ids_ = nullptr;  // a mapping of 'mapped_bytes_'; of the file once sealed
  std::size_t mapped_bytes_ = 0;
  std::size_t size_ = 0;
  std::size_t discarded_bytes_ = 0;
  bool sealed_ = false;
  std::unique_ptr<ScratchFile> file_;  // null while all ids are in memory
};

}  // namespace wordkin::train
