#include "common/store/stored_texts.h"

#include <algorithm>
#include <optional>

#include "common/store/little_endian.h"
#include "common/store/section_codec.h"
#include "common/store/store_error.h"
#include "common/text/utf8.h"

namespace wordkin {

StoredTexts::Frame StoredTexts::ReadFrame(std::size_t frame) const {
  const TextFrameEntry& entry = entries_[frame];
  const std::size_t end = EndOfRows(frame);
  const std::size_t count = end - entry.first_row;
  if (entry.raw_length > kMaxTextFrameBytes || entry.raw_length / sizeof(std::uint32_t) < count) {
    Fail(SectionKind::kDocumentFrames, "holds a length that can not be");
  }
  const std::optional<std::vector<std::byte>> content =
      Decompress(BytesOf(frame), entry.raw_length);
  if (!content) Fail(SectionKind::kDocumentTexts, "holds a frame that can not be decompressed");
  Frame texts{.first_row = entry.first_row, .texts = {}};
  texts.texts.reserve(count);
  std::size_t begin = count * sizeof(std::uint32_t);
  for (std::size_t i = 0; i < count; ++i) {
    const auto length = Load<std::uint32_t>(*content, i * sizeof(std::uint32_t));
    if (length > content->size() - begin) {
      Fail(SectionKind::kDocumentTexts, "holds a text that does not end inside its frame");
    }
    texts.texts.emplace_back(reinterpret_cast<const char*>(content->data()) + begin, length);
    begin += length;
    if (!IsValidUtf8(texts.texts.back())) {
      Fail(SectionKind::kDocumentTexts, "holds a text that is not valid UTF-8");
    }
  }
  if (begin != content->size()) {
    Fail(SectionKind::kDocumentTexts, "holds a frame with more than its texts");
  }
  return texts;
}

std::size_t StoredTexts::FrameOf(WordId row) const {
  const auto after = std::upper_bound(
      entries_.begin(), entries_.end(), row,
      [](WordId wanted, const TextFrameEntry& entry) { return wanted < entry.first_row; });
  return after == entries_.begin() ? 0 : static_cast<std::size_t>(after - entries_.begin()) - 1;
}

std::size_t StoredTexts::EndOfRows(std::size_t frame) const {
  const bool is_last = frame + 1 == entries_.size();
  const std::size_t end = is_last ? row_count_ : entries_[frame + 1].first_row;
  const bool is_first_sound = frame > 0 || entries_[frame].first_row == 0;
  if (!is_first_sound || end <= entries_[frame].first_row || end > row_count_) {
    Fail(SectionKind::kDocumentFrames, "does not hold rows in rising order");
  }
  return end;
}

std::span<const std::byte> StoredTexts::BytesOf(std::size_t frame) const {
  const std::uint64_t begin = entries_[frame].offset;
  const bool is_last = frame + 1 == entries_.size();
  const std::uint64_t end = is_last ? frames_.size() : entries_[frame + 1].offset;
  const bool is_first_sound = frame > 0 || begin == 0;
  if (!is_first_sound || end <= begin || end > frames_.size()) {
    Fail(SectionKind::kDocumentFrames, "does not say where the frames begin");
  }
  return frames_.subspan(begin, end - begin);
}

void StoredTexts::Fail(SectionKind kind, std::string_view reason) const {
  throw DamagedSection(path_, kind, reason);
}

std::string_view TextReader::Read(WordId row) {
  const std::size_t number = texts_.FrameOf(row);
  const auto kept = std::ranges::find(kept_, number, &KeptFrame::number);
  const StoredTexts::Frame& frame = kept != kept_.end() ? kept->frame : Unpack(number);
  // What FrameOf found may not hold the row where the rows do not rise.
  const std::size_t place = row - frame.first_row;
  if (row < frame.first_row || place >= frame.texts.size()) {
    texts_.Fail(SectionKind::kDocumentFrames, "does not hold rows in rising order");
  }
  return frame.texts[place];
}

const StoredTexts::Frame& TextReader::Unpack(std::size_t number) {
  constexpr std::size_t kMostKeptBytes = std::size_t{4} << 20;
  const std::size_t bytes = texts_.entries_[number].raw_length;
  // Room is made first: two large frames are never there at once.
  while (!kept_.empty() && kept_bytes_ + bytes > kMostKeptBytes) {
    kept_bytes_ -= texts_.entries_[kept_.front().number].raw_length;
    kept_.pop_front();
  }
  kept_.push_back({number, texts_.ReadFrame(number)});
  kept_bytes_ += bytes;
  return kept_.back().frame;
}

}  // namespace wordkin
