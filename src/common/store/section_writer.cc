#include "common/store/section_writer.h"

#include <optional>

#include "common/store/section_codec.h"
#include "common/store/store_directory.h"
#include "common/store/store_shape.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

constexpr std::size_t kBufferBytes = 256 << 10;

}  // namespace

SectionWriter::SectionWriter(AtomicFile& file, std::size_t section_count)
    : file_(file), section_count_(section_count) {
  if (file.size() != 0 || section_count == 0 || section_count > kMaxSections) {
    throw Error(ErrorKind::kInternal, "a store begins with an empty file and some sections");
  }
  // Their place; what they say is known at the end.
  const std::vector<std::byte> header(kHeaderBytes + section_count * kEntryBytes);
  file_.Write(header);
}

void SectionWriter::Begin(SectionKind kind) {
  Align();
  checksum_.Reset();
  entries_.push_back({.kind = kind,
                      .codec = Codec::kRaw,
                      .critical = IsCriticalSection(kind),
                      .offset = file_.size(),
                      .stored_length = 0,
                      .raw_length = 0,
                      .checksum = 0});
}

void SectionWriter::Append(std::span<const std::byte> bytes) {
  if (buffer_.size() + bytes.size() > kBufferBytes) Flush();
  entries_.back().stored_length += bytes.size();
  if (bytes.size() >= kBufferBytes) {
    checksum_.Update(bytes);
    file_.Write(bytes);
  } else {
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
}

void SectionWriter::End() {
  Flush();
  entries_.back().raw_length = entries_.back().stored_length;
  entries_.back().checksum = checksum_.Digest();
}

void SectionWriter::AddRaw(SectionKind kind, std::span<const std::byte> content) {
  Begin(kind);
  Append(content);
  End();
}

void SectionWriter::AddCompressed(SectionKind kind, std::span<const std::byte> content) {
  if (!MayBeCompressed(kind)) return AddRaw(kind, content);
  const std::optional<std::vector<std::byte>> frame = Compress(content);
  // A reader would not believe the length of a frame that shrank too well.
  const bool is_believable =
      frame && (!HasBoundedRatio(kind) || content.size() <= frame->size() * kMaxCompressionRatio);
  if (!is_believable) return AddRaw(kind, content);
  AddRaw(kind, *frame);
  entries_.back().codec = Codec::kZstd;
  entries_.back().raw_length = content.size();
}

void SectionWriter::AddStored(const SectionEntry& entry, std::span<const std::byte> stored) {
  AddRaw(entry.kind, stored);
  entries_.back().codec = entry.codec;
  entries_.back().critical = entry.critical;
  entries_.back().raw_length = entry.raw_length;
}

void SectionWriter::Finish() {
  if (entries_.size() != section_count_) {
    throw Error(ErrorKind::kInternal, "a store has not the sections that were announced");
  }
  Align();
  const std::uint64_t file_size = file_.size() + kTailBytes;
  file_.Write(EncodeTail(file_size));
  file_.WriteAt(0, EncodeDirectory(entries_, file_size));
  file_.Commit();
}

void SectionWriter::Align() {
  const std::vector<std::byte> padding(AlignSection(file_.size()) - file_.size());
  file_.Write(padding);
}

void SectionWriter::Flush() {
  checksum_.Update(buffer_);
  file_.Write(buffer_);
  buffer_.clear();
}

}  // namespace wordkin
