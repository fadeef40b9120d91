#include "common/store/store_directory.h"

#include <algorithm>

#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/store/store_error.h"
#include "common/store/store_shape.h"

namespace wordkin {
namespace {

// Offsets in the header.
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kSectionCountAt = 12;
constexpr std::size_t kFileSizeAt = 16;
constexpr std::size_t kDirectoryOffsetAt = 24;
constexpr std::size_t kDirectoryLengthAt = 32;
constexpr std::size_t kDirectoryChecksumAt = 40;
constexpr std::size_t kHeaderReservedAt = 48;
constexpr std::size_t kHeaderChecksumAt = 56;

// Offsets in a directory entry.
constexpr std::size_t kKindAt = 0;
constexpr std::size_t kCodecAt = 4;
constexpr std::size_t kFlagsAt = 8;
constexpr std::size_t kOffsetAt = 16;
constexpr std::size_t kStoredLengthAt = 24;
constexpr std::size_t kRawLengthAt = 32;
constexpr std::size_t kChecksumAt = 40;

constexpr std::uint32_t kCriticalFlag = 1;

bool IsMagic(std::span<const std::byte> bytes) {
  return std::equal(kStoreMagic.begin(), kStoreMagic.end(), bytes.begin(),
                    [](unsigned char a, std::byte b) { return std::byte{a} == b; });
}

bool IsZero(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](std::byte byte) { return byte == std::byte{}; });
}

void CheckMagic(std::span<const std::byte> file, const std::string& path) {
  if (file.empty()) throw Error(ErrorKind::kDamaged, "'" + path + "' is empty, no Wordkin store");
  if (file.size() < kStoreMagic.size() || !IsMagic(file)) {
    throw Error(ErrorKind::kDamaged,
                "'" + path +
                    "' is not a Wordkin store: its magic, the first 8 bytes, is wrong (vectors of "
                    "other tools are made into one by 'wordkin convert')");
  }
}

void CheckHeader(std::span<const std::byte> file, const std::string& path) {
  if (file.size() < kHeaderBytes) throw DamagedStore(path, "it is cut off in the header");
  if (Load<std::uint64_t>(file, kHeaderChecksumAt) != Checksum(file.first(kHeaderChecksumAt))) {
    throw DamagedStore(path, "the checksum of the header does not match");
  }
  // Only now: a flipped bit is no newer version. Later versions keep magic, version and checksum.
  const auto version = Load<std::uint32_t>(file, kVersionAt);
  if (version != kStoreVersion) {
    throw NewerStore(path, "it is of format version " + std::to_string(version) + ", and version " +
                               std::to_string(kStoreVersion) + " is the one known here");
  }
  if (!IsZero(file.subspan(kHeaderReservedAt, kHeaderChecksumAt - kHeaderReservedAt))) {
    throw DamagedStore(path, "reserved bytes of the header are not zero");
  }
  const auto file_size = Load<std::uint64_t>(file, kFileSizeAt);
  if (file_size != file.size()) {
    throw DamagedStore(path, "it has " + std::to_string(file.size()) +
                                 " bytes where its header says " + std::to_string(file_size) +
                                 (file.size() < file_size ? ": it was cut off" : ""));
  }
}

void CheckTail(std::span<const std::byte> file, const std::string& path) {
  const std::span<const std::byte> tail = file.last(kTailBytes);
  if (Load<std::uint64_t>(tail, 0) != file.size() || !IsMagic(tail.subspan(8))) {
    throw DamagedStore(path, "the tail, its last 16 bytes, does not match the header");
  }
}

// The entries' bytes.
std::span<const std::byte> FindEntries(std::span<const std::byte> file, const std::string& path) {
  const auto count = Load<std::uint32_t>(file, kSectionCountAt);
  const auto offset = Load<std::uint64_t>(file, kDirectoryOffsetAt);
  const auto length = Load<std::uint64_t>(file, kDirectoryLengthAt);
  if (count == 0 || count > kMaxSections) {
    throw DamagedStore(path, "the directory has " + std::to_string(count) + " sections, not 1 to " +
                                 std::to_string(kMaxSections));
  }
  if (offset != kHeaderBytes || length != count * kEntryBytes ||
      length + kHeaderBytes + kTailBytes > file.size()) {
    throw DamagedStore(path, "the directory does not lie where it must");
  }
  const std::span<const std::byte> entries = file.subspan(kHeaderBytes, length);
  if (Load<std::uint64_t>(file, kDirectoryChecksumAt) != Checksum(entries)) {
    throw DamagedStore(path, "the checksum of the directory does not match");
  }
  return entries;
}

SectionEntry DecodeEntry(std::span<const std::byte> bytes, const std::string& path) {
  SectionEntry entry;
  entry.kind = static_cast<SectionKind>(Load<std::uint32_t>(bytes, kKindAt));
  entry.codec = static_cast<Codec>(Load<std::uint32_t>(bytes, kCodecAt));
  const auto flags = Load<std::uint32_t>(bytes, kFlagsAt);
  entry.critical = (flags & kCriticalFlag) != 0;
  entry.offset = Load<std::uint64_t>(bytes, kOffsetAt);
  entry.stored_length = Load<std::uint64_t>(bytes, kStoredLengthAt);
  entry.raw_length = Load<std::uint64_t>(bytes, kRawLengthAt);
  entry.checksum = Load<std::uint64_t>(bytes, kChecksumAt);
  constexpr std::size_t kAfterFlags = kFlagsAt + 4;
  constexpr std::size_t kAfterChecksum = kChecksumAt + 8;
  if ((flags & ~kCriticalFlag) != 0 ||
      !IsZero(bytes.subspan(kAfterFlags, kOffsetAt - kAfterFlags)) ||
      !IsZero(bytes.subspan(kAfterChecksum))) {
    throw DamagedSection(path, entry.kind, "has reserved bytes in the directory that are not zero");
  }
  return entry;
}

void CheckKind(const SectionEntry& entry, const std::string& path) {
  if (!IsKnownSection(entry.kind)) {
    if (!entry.critical) return;
    throw NewerStore(path, NameSection(entry.kind) + " is not known here");
  }
  if (entry.critical != IsCriticalSection(entry.kind)) {
    throw DamagedSection(path, entry.kind, "has the wrong critical flag");
  }
  if (entry.codec != Codec::kRaw && entry.codec != Codec::kZstd) {
    throw NewerStore(path, NameSection(entry.kind) + " is compressed by codec " +
                               std::to_string(static_cast<std::uint32_t>(entry.codec)) +
                               ", which is not known here");
  }
  if (entry.codec != Codec::kRaw && !MayBeCompressed(entry.kind)) {
    throw DamagedSection(path, entry.kind, "is compressed, which it must not be");
  }
}

}  // namespace

std::vector<SectionEntry> ReadDirectory(std::span<const std::byte> file, const std::string& path) {
  CheckMagic(file, path);
  CheckHeader(file, path);
  const std::span<const std::byte> bytes = FindEntries(file, path);
  CheckTail(file, path);
  const std::uint64_t tail_offset = file.size() - kTailBytes;
  std::uint64_t expected_offset = kHeaderBytes + bytes.size();
  std::vector<SectionEntry> entries;
  entries.reserve(bytes.size() / kEntryBytes);
  for (std::size_t at = 0; at < bytes.size(); at += kEntryBytes) {
    const SectionEntry entry = DecodeEntry(bytes.subspan(at, kEntryBytes), path);
    // The one place where the section can lie; so there are no gaps and no overlaps.
    if (entry.offset != expected_offset || entry.offset > tail_offset ||
        entry.stored_length > tail_offset - entry.offset) {
      throw DamagedSection(path, entry.kind, "does not lie where it must");
    }
    expected_offset = AlignSection(entry.offset + entry.stored_length);
    CheckKind(entry, path);
    if (std::any_of(entries.begin(), entries.end(),
                    [&](const SectionEntry& other) { return other.kind == entry.kind; })) {
      throw DamagedSection(path, entry.kind, "occurs twice");
    }
    entries.push_back(entry);
  }
  if (expected_offset != tail_offset) {
    throw DamagedStore(path, "bytes that belong to no section lie before the tail");
  }
  return entries;
}

std::vector<std::byte> EncodeDirectory(std::span<const SectionEntry> entries,
                                       std::uint64_t file_size) {
  std::vector<std::byte> bytes(kHeaderBytes + entries.size() * kEntryBytes);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::span<std::byte> entry = std::span(bytes).subspan(kHeaderBytes + i * kEntryBytes);
    Store(entry, kKindAt, static_cast<std::uint32_t>(entries[i].kind));
    Store(entry, kCodecAt, static_cast<std::uint32_t>(entries[i].codec));
    Store(entry, kFlagsAt, entries[i].critical ? kCriticalFlag : std::uint32_t{0});
    Store(entry, kOffsetAt, entries[i].offset);
    Store(entry, kStoredLengthAt, entries[i].stored_length);
    Store(entry, kRawLengthAt, entries[i].raw_length);
    Store(entry, kChecksumAt, entries[i].checksum);
  }
  const std::span<std::byte> header(bytes.data(), kHeaderBytes);
  std::copy(kStoreMagic.begin(), kStoreMagic.end(),
            reinterpret_cast<unsigned char*>(header.data()));
  Store(header, kVersionAt, kStoreVersion);
  Store(header, kSectionCountAt, static_cast<std::uint32_t>(entries.size()));
  Store(header, kFileSizeAt, file_size);
  Store(header, kDirectoryOffsetAt, std::uint64_t{kHeaderBytes});
  Store(header, kDirectoryLengthAt, std::uint64_t{entries.size() * kEntryBytes});
  Store(header, kDirectoryChecksumAt, Checksum(std::span(bytes).subspan(kHeaderBytes)));
  Store(header, kHeaderChecksumAt, Checksum(header.first(kHeaderChecksumAt)));
  return bytes;
}

std::array<std::byte, kTailBytes> EncodeTail(std::uint64_t file_size) {
  std::array<std::byte, kTailBytes> tail;
  Store(std::span<std::byte>(tail), 0, file_size);
  std::copy(kStoreMagic.begin(), kStoreMagic.end(),
            reinterpret_cast<unsigned char*>(tail.data() + 8));
  return tail;
}

}  // namespace wordkin
