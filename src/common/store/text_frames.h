#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/store/store_format.h"
#include "common/support/growing_memory.h"

namespace wordkin {

// The texts of documents on their way into a store: compressed as they come, some together, so that
// a few are read back without the others. Movable.
class TextFrames {
 public:
  // The next row's text: valid UTF-8 of at most kMaxDocumentBytes.
  void Add(std::string_view text);
  // Those of a store, frame by frame as they lie in it. First of all. Throws kDamaged when the
  // store has none or their checksums do not hold.
  void AddStored(const EmbeddingStore& store);
  // Closes the last frame. Once, after the last text.
  void Finish();

  std::size_t text_count() const { return text_count_; }
  // The contents of the sections, once finished.
  std::span<const TextFrameEntry> entries() const { return entries_; }
  std::span<const std::byte> frames() const { return frames_.bytes(); }

 private:
  void CloseFrame();

  std::vector<TextFrameEntry> entries_;
  GrowingMemory frames_;
  std::size_t text_count_ = 0;
  std::vector<std::uint32_t> lengths_;  // of the texts of the frame that is open
  std::string open_texts_;
};

}  // namespace wordkin
