#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "common/support/round_up.h"
#include "common/text/subwords.h"

namespace wordkin {

// The layout of a .kin file; docs/store_format.md says the same byte by byte. Little endian.

// As PNG's: the high bit, CR LF, ^Z and LF each betray a transfer that took the file for text.
constexpr std::array<unsigned char, 8> kStoreMagic = {0x89, 'K', 'I', 'N', '\r', '\n', 0x1A, '\n'};
constexpr std::uint32_t kStoreVersion = 1;
constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kEntryBytes = 64;
constexpr std::size_t kTailBytes = 16;
constexpr std::size_t kSectionAlignment = 64;
constexpr std::size_t kShapeBytes = 24;
constexpr std::size_t kSubwordOptionsBytes = 32;

constexpr std::uint32_t kMaxSections = 256;
constexpr std::uint64_t kMaxRows = 0xFFFFFFFE;
// The dot product of a row's 8-bit values with a query's stays below 2^31 up to here.
constexpr std::uint64_t kMaxDimension = 65536;
constexpr std::size_t kMaxWordBytes = 65536;
constexpr std::uint64_t kMaxMetadataBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kMaxTrainingStateBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kMaxDocumentSettingsBytes = std::uint64_t{64} << 20;
// Texts of a frame once decompressed, with their lengths.
constexpr std::uint64_t kMaxTextFrameBytes = std::uint64_t{32} << 20;
// What the writer takes as one text, so that it fits behind others into a frame.
constexpr std::size_t kMaxDocumentBytes = std::size_t{16} << 20;
// Most that a compressed section may grow where neither the shape nor its kind says how long it is.
constexpr std::uint64_t kMaxCompressionRatio = 64;

constexpr std::size_t kWordsPerBlock = 16;
constexpr std::size_t kWordsPerBucket = 8;

// How rows are kept, beside the 8-bit plane that every store has for scanning.
enum class Precision : std::uint32_t {
  kInt8 = 1,      // the 8-bit plane alone
  kTwoPlane = 2,  // a second plane with the low bytes: 16-bit fixed point
  kFloat32 = 3,   // the rows as they were, bit for bit
};

enum class SectionKind : std::uint32_t {
  kShape = 1,          // rows, dimension, precision
  kWords = 2,          // length-prefixed UTF-8 in id order
  kWordBlocks = 3,     // where every sixteenth word begins
  kBucketStarts = 4,   // word index: where each hash bucket begins
  kBucketWords = 5,    // word index: ids by bucket
  kScanPlane = 6,      // ScanPlane::blocks
  kCosineFactors = 7,  // ScanPlane::cosine_factors
  kLowPlane = 8,       // low bytes, row-major
  kFloatRows = 9,      // float32, row-major
  kRowScales = 10,     // float32 a row: value = scale * integer
  kCounts = 11,        // occurrences, optional
  kMetadata = 12,      // provenance as JSON, optional
  kGraph = 13,         // HNSW links, optional
  // Vectors of words that have no row, optional: rows of n-gram buckets, kept as precisely as the
  // others but row-major, since they are never scanned.
  kSubwordOptions = 14,    // SubwordOptions and the number of rows
  kSubwordBuckets = 15,    // the buckets with a row, rising; absent when all have one
  kSubwordHighPlane = 16,  // high bytes
  kSubwordLowPlane = 17,   // low bytes
  kSubwordScales = 18,     // float32 a row
  kSubwordFloatRows = 19,  // float32
  // What training goes on from, optional.
  kWordRows = 20,       // float32: words' own rows, before their n-grams are added
  kOutputRows = 21,     // float32: words as predictions
  kTrainingState = 22,  // the trainer's own JSON
  // Rows amid a GloVe run, float32, GloveRowFloats each: beside a training state only.
  kGloveWordRows = 23,
  kGloveContextRows = 24,
  // Texts of documents whose ids the words are, optional: both or neither.
  kDocumentFrames = 25,    // where each frame of texts begins, and with which row
  kDocumentTexts = 26,     // zstd frames of some texts each
  kDocumentSettings = 27,  // how texts become rows, as JSON, optional
  kNibblePlane = 28,       // NibblePlane::blocks and cosine_factors, optional
};

// Of a row that GloVe trains: lines of 16 values (the vector, a bias, a 1, zeros), each followed by
// the line of their AdaGrad sums.
constexpr std::uint64_t GloveRowFloats(std::uint64_t dimension) {
  return 2 * RoundUp(dimension + 2, 16);
}

enum class Codec : std::uint32_t { kRaw = 0, kZstd = 1 };

struct SectionEntry {
  SectionKind kind;
  Codec codec;
  bool critical;                // a reader that does not know the kind must refuse the file
  std::uint64_t offset;         // of the stored bytes in the file; a multiple of 64
  std::uint64_t stored_length;  // bytes in the file
  std::uint64_t raw_length;     // bytes once decompressed
  std::uint64_t checksum;       // XXH3-64 of the stored bytes
};

// Of section document-frames, as it lies in the file.
struct TextFrameEntry {
  std::uint64_t offset;      // of the frame in section document-texts
  std::uint32_t first_row;   // whose text the frame begins with
  std::uint32_t raw_length;  // bytes once decompressed
};
constexpr std::size_t kTextFrameEntryBytes = sizeof(TextFrameEntry);
static_assert(kTextFrameEntryBytes == 16);

struct SubwordShape {
  SubwordOptions options;
  std::uint64_t row_count = 0;  // buckets that have a row
};

struct StoreShape {
  std::uint64_t row_count = 0;
  std::uint64_t dimension = 0;
  Precision precision = Precision::kTwoPlane;
  std::optional<SubwordShape> subwords = {};
};

std::string_view SectionName(SectionKind kind);       // "scan-plane"
std::string_view PrecisionName(Precision precision);  // "two-plane", "int8", "f32"

}  // namespace wordkin
