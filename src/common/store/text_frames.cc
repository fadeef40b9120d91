#include "common/store/text_frames.h"

#include <cstring>
#include <utility>

#include "common/store/section_codec.h"
#include "common/store/store_error.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

// Much larger frames compress little better, and one text costs the unpacking of its frame: 0.1 ms.
constexpr std::size_t kFrameBytes = std::size_t{64} << 10;

std::span<const std::byte> CheckedSection(const EmbeddingStore& store, SectionKind kind) {
  for (const SectionEntry& entry : store.sections()) {
    if (entry.kind == kind) return store.CheckedBytes(entry);
  }
  throw DamagedSection(store.path(), kind, "is missing");
}

}  // namespace

void TextFrames::Add(std::string_view text) {
  if (text.size() > kMaxDocumentBytes) {
    throw Error(ErrorKind::kInternal, "a text is too long to be kept in a store");
  }
  lengths_.push_back(static_cast<std::uint32_t>(text.size()));
  open_texts_ += text;
  ++text_count_;
  if (open_texts_.size() + lengths_.size() * sizeof(std::uint32_t) >= kFrameBytes) CloseFrame();
}

void TextFrames::AddStored(const EmbeddingStore& store) {
  const auto entries = CheckedSection(store, SectionKind::kDocumentFrames);
  const auto frames = CheckedSection(store, SectionKind::kDocumentTexts);
  entries_.resize(entries.size() / kTextFrameEntryBytes);
  std::memcpy(entries_.data(), entries.data(), entries.size());
  std::memcpy(frames_.Room(frames.size()).data(), frames.data(), frames.size());
  frames_.Append(frames.size());
  text_count_ = store.size();
}

void TextFrames::Finish() {
  if (!lengths_.empty()) CloseFrame();
}

void TextFrames::CloseFrame() {
  const auto lengths = std::as_bytes(std::span(lengths_));
  const auto texts = std::as_bytes(std::span(open_texts_));
  std::vector<std::byte> content(lengths.begin(), lengths.end());
  content.insert(content.end(), texts.begin(), texts.end());
  const std::vector<std::byte> frame = CompressToFrame(content);
  entries_.push_back({.offset = frames_.bytes().size(),
                      .first_row = static_cast<std::uint32_t>(text_count_ - lengths_.size()),
                      .raw_length = static_cast<std::uint32_t>(content.size())});
  std::memcpy(frames_.Room(frame.size()).data(), frame.data(), frame.size());
  frames_.Append(frame.size());
  lengths_.clear();
  open_texts_.clear();
}

}  // namespace wordkin
