#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/store_format.h"
#include "common/store/vocabulary.h"

namespace wordkin {

// The texts of a store's documents in its mapped sections, in frames of some texts each. Content is
// not believed: what is damaged throws kDamaged naming the path, and no more memory is taken than a
// frame may need. Safe to share between threads.
class StoredTexts {
 public:
  StoredTexts(std::span<const TextFrameEntry> entries, std::span<const std::byte> frames,
              std::size_t row_count, const std::string& path)
      : entries_(entries), frames_(frames), row_count_(row_count), path_(path) {}

  std::size_t frame_count() const { return entries_.size(); }
  // The texts of a frame, valid UTF-8, of the rows from its first one on.
  struct Frame {
    WordId first_row = 0;
    std::vector<std::string> texts;
  };
  Frame ReadFrame(std::size_t frame) const;

 private:
  friend class TextReader;

  std::size_t FrameOf(WordId row) const;
  // Behind the last row of a frame.
  std::size_t EndOfRows(std::size_t frame) const;
  std::span<const std::byte> BytesOf(std::size_t frame) const;
  [[noreturn]] void Fail(SectionKind kind, std::string_view reason) const;

  std::span<const TextFrameEntry> entries_;
  std::span<const std::byte> frames_;
  std::size_t row_count_;
  std::string path_;
};

// Hands out one text after another. Keeps the frames it unpacked last, since the texts asked for
// often lie together: some megabytes of them, or a single one that is larger. For one thread.
class TextReader {
 public:
  // 'texts' outlives this.
  explicit TextReader(const StoredTexts& texts) : texts_(texts) {}

  // The text of a row, until the next one is asked for. Throws as StoredTexts does.
  std::string_view Read(WordId row);

 private:
  struct KeptFrame {
    std::size_t number;
    StoredTexts::Frame frame;
  };
  const StoredTexts::Frame& Unpack(std::size_t number);

  const StoredTexts& texts_;
  std::deque<KeptFrame> kept_;  // the latest unpacked behind
  std::size_t kept_bytes_ = 0;
};

}  // namespace wordkin
