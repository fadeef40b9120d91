#include "train/corpus/id_sequence.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "common/support/error.h"
#include "common/support/round_up.h"

namespace wordkin::train {
namespace {

std::size_t PageBytes() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace

IdSequence::IdSequence(std::string scratch_folder, std::uint64_t memory_limit_bytes)
    : scratch_folder_(std::move(scratch_folder)), memory_limit_bytes_(memory_limit_bytes) {}

IdSequence::~IdSequence() { Unmap(); }

IdSequence::IdSequence(IdSequence&& other) noexcept : IdSequence() { Swap(other); }

IdSequence& IdSequence::operator=(IdSequence&& other) noexcept {
  IdSequence taken(std::move(other));
  Swap(taken);
  return *this;
}

void IdSequence::Swap(IdSequence& other) noexcept {
  std::swap(scratch_folder_, other.scratch_folder_);
  std::swap(memory_limit_bytes_, other.memory_limit_bytes_);
  std::swap(ids_, other.ids_);
  std::swap(mapped_bytes_, other.mapped_bytes_);
  std::swap(size_, other.size_);
  std::swap(discarded_bytes_, other.discarded_bytes_);
  std::swap(sealed_, other.sealed_);
  std::swap(file_, other.file_);
}

void IdSequence::Append(std::span<const WordId> ids) {
  if (ids.empty()) return;
  const std::size_t needed = (size_ + ids.size()) * sizeof(WordId);
  if (is_in_memory() && needed > memory_limit_bytes_) Spill();
  if (is_in_memory()) {
    Reserve(needed);
    std::memcpy(ids_ + size_, ids.data(), ids.size_bytes());
  } else {
    file_->Append(std::as_bytes(ids));
  }
  size_ += ids.size();
}

// Growing a mapping moves its pages, not its bytes, and pages not yet written to take no memory: so
// there is never a second copy, nor an unused half.
void IdSequence::Reserve(std::size_t byte_count) {
  if (byte_count <= mapped_bytes_) return;
  constexpr std::size_t kSmallest = std::size_t{1} << 16;
  const std::size_t wanted =
      RoundUp(std::max({byte_count, 2 * mapped_bytes_, kSmallest}), PageBytes());
  void* const address = ids_ == nullptr ? mmap(nullptr, wanted, PROT_READ | PROT_WRITE,
                                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                        : mremap(ids_, mapped_bytes_, wanted, MREMAP_MAYMOVE);
  if (address == MAP_FAILED) {
    throw SystemError("cannot hold " + std::to_string(byte_count) + " bytes of word ids in memory",
                      errno);
  }
  ids_ = static_cast<WordId*>(address);
  mapped_bytes_ = wanted;
  // Pages of 4 KB, each cleared on its first touch, cost a fifth of reading a corpus.
  madvise(address, wanted, MADV_HUGEPAGE);
}

void IdSequence::Spill() {
  auto file = std::make_unique<ScratchFile>(scratch_folder_);
  file->Append(std::as_bytes(std::span(ids_, size_)));
  Unmap();
  file_ = std::move(file);
}

void IdSequence::Seal() {
  if (std::exchange(sealed_, true)) return;
  if (is_in_memory()) return;
  // Mapped read-only; ids() hands it out as const.
  ids_ = reinterpret_cast<WordId*>(const_cast<std::byte*>(file_->Map()));
  mapped_bytes_ = size_ * sizeof(WordId);
}

void IdSequence::DiscardFront(std::size_t count) noexcept {
  // In large steps, since giving back a part of a huge page first splits it.
  constexpr std::size_t kStepBytes = std::size_t{2} << 20;
  const std::size_t end = count * sizeof(WordId) / kStepBytes * kStepBytes;
  if (end <= discarded_bytes_) return;
  madvise(reinterpret_cast<std::byte*>(ids_) + discarded_bytes_, end - discarded_bytes_,
          MADV_DONTNEED);
  if (!is_in_memory()) file_->DiscardFront(end);
  discarded_bytes_ = end;
}

void IdSequence::Unmap() noexcept {
  if (ids_ != nullptr) munmap(ids_, mapped_bytes_);
  ids_ = nullptr;
  mapped_bytes_ = 0;
}

}  // namespace wordkin::train
