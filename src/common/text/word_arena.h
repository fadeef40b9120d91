#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "common/text/word_boundary.h"

namespace wordkin {

// Keeps words one after another until Clear(), which keeps the memory.
class WordArena {
 public:
  // Where the next word may be written: room for kMaxCorpusWordBytes and eight bytes more.
  char* Room() {
    if (kChunkBytes - used_ < kRoomBytes) NextChunk();
    return chunks_[chunk_].get() + used_;
  }
  // The word of that many bytes, written at Room(). Valid until Clear().
  std::string_view Keep(std::size_t length) {
    const char* const word = chunks_[chunk_].get() + used_;
    used_ += length;
    return {word, length};
  }
  // A copy of 'word', of at most kMaxCorpusWordBytes.
  std::string_view Keep(std::string_view word);
  void Clear() noexcept;

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 16;
  static constexpr std::size_t kRoomBytes = kMaxCorpusWordBytes + 8;

  void NextChunk();

  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_ = 0;
  std::size_t used_ = kChunkBytes;
};

}  // namespace wordkin
