#include "common/text/word_arena.h"

#include <cstring>

namespace wordkin {

std::string_view WordArena::Keep(std::string_view word) {
  std::memcpy(Room(), word.data(), word.size());
  return Keep(word.size());
}

void WordArena::Clear() noexcept {
  chunk_ = 0;
  used_ = chunks_.empty() ? kChunkBytes : 0;
}

void WordArena::NextChunk() {
  const std::size_t next = chunks_.empty() ? 0 : chunk_ + 1;
  if (next == chunks_.size())
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunkBytes));
  chunk_ = next;
  used_ = 0;
}

}  // namespace wordkin
