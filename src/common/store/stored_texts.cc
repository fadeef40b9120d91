#include "common/store/stored_texts.h"

#include <algorithm>
#include <map>
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

std::vector<std::string> StoredTexts::Read(std::span<const WordId> rows) const {
  std::map<std::size_t, std::vector<std::size_t>> places;  // in 'rows', by frame
  for (std::size_t i = 0; i < rows.size(); ++i) places[FrameOf(rows[i])].push_back(i);
  std::vector<std::string> texts(rows.size());
  for (const auto& [number, asked] : places) {
    const Frame frame = ReadFrame(number);
    for (const std::size_t i : asked) {
      // What FrameOf found may not hold the row where the rows do not rise.
      const std::size_t place = rows[i] - frame.first_row;
      if (rows[i] < frame.first_row || place >= frame.texts.size()) {
        Fail(SectionKind::kDocumentFrames, "does not hold rows in rising order");
      }
      texts[i] = frame.texts[place];
    }
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

}  // namespace wordkin
