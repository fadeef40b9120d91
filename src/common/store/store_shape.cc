#include "common/store/store_shape.h"

#include <string_view>

#include "common/math/nibble_plane.h"
#include "common/math/scan_plane.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

std::uint64_t DivideRoundingUp(std::uint64_t value, std::uint64_t divisor) {
  return (value + divisor - 1) / divisor;
}

ScanPlane PlaneOf(const StoreShape& shape) {
  ScanPlane plane;
  plane.row_count = shape.row_count;
  plane.dimension = shape.dimension;
  return plane;
}

std::string Compare(std::string_view what, std::uint64_t found, std::string_view relation,
                    std::uint64_t expected) {
  return "has " + std::string(what) + " of " + std::to_string(found) + " bytes, which should be " +
         std::string(relation) + std::to_string(expected);
}

}  // namespace

bool IsKnownSection(SectionKind kind) {
  return kind >= SectionKind::kShape && kind <= kLastSection;
}

bool IsCriticalSection(SectionKind kind) {
  return kind >= SectionKind::kShape && kind <= SectionKind::kRowScales;
}

bool MayBeCompressed(SectionKind kind) {
  // Subwords lie raw: a word needs a dozen of two million rows.
  return (kind >= SectionKind::kRowScales && kind <= SectionKind::kGraph) ||
         kind == SectionKind::kTrainingState || kind == SectionKind::kDocumentSettings;
}

bool IsSubwordSection(SectionKind kind) {
  return kind >= SectionKind::kSubwordOptions && kind <= SectionKind::kSubwordFloatRows;
}

bool IsRequired(SectionKind kind, const StoreShape& shape) {
  const bool has_subwords = shape.subwords.has_value();
  switch (kind) {
    case SectionKind::kLowPlane:
      return shape.precision == Precision::kTwoPlane;
    case SectionKind::kFloatRows:
      return shape.precision == Precision::kFloat32;
    case SectionKind::kRowScales:
      return shape.precision != Precision::kFloat32;
    case SectionKind::kSubwordOptions:
      return has_subwords;
    case SectionKind::kSubwordBuckets:
      return has_subwords && shape.subwords->row_count < shape.subwords->options.bucket_count;
    case SectionKind::kSubwordHighPlane:
    case SectionKind::kSubwordScales:
      return has_subwords && shape.precision != Precision::kFloat32;
    case SectionKind::kSubwordLowPlane:
      return has_subwords && shape.precision == Precision::kTwoPlane;
    case SectionKind::kSubwordFloatRows:
      return has_subwords && shape.precision == Precision::kFloat32;
    default:
      return IsCriticalSection(kind);
  }
}

bool IsAllowed(SectionKind kind, const StoreShape& shape) {
  const bool is_optional = !IsCriticalSection(kind) && !IsSubwordSection(kind);
  return is_optional || IsRequired(kind, shape);
}

std::string ShapeProblem(const StoreShape& shape) {
  if (shape.row_count == 0 || shape.row_count > kMaxRows) {
    return "has " + std::to_string(shape.row_count) + " rows, not 1 to " + std::to_string(kMaxRows);
  }
  if (shape.dimension == 0 || shape.dimension > kMaxDimension) {
    return "has " + std::to_string(shape.dimension) + " dimensions, not 1 to " +
           std::to_string(kMaxDimension);
  }
  return "";
}

std::string SubwordProblem(const SubwordShape& subwords) {
  try {
    CheckSubwordOptions(subwords.options);
  } catch (const Error&) {
    return "holds n-gram lengths, buckets or hashes that can not be";
  }
  if (subwords.row_count > subwords.options.bucket_count) {
    return "has " + std::to_string(subwords.row_count) + " rows for " +
           std::to_string(subwords.options.bucket_count) + " buckets";
  }
  return "";
}

std::uint64_t BucketCount(std::uint64_t row_count) {
  return DivideRoundingUp(row_count, kWordsPerBucket);
}

std::optional<std::uint64_t> ExactRawLength(SectionKind kind, const StoreShape& shape) {
  const std::uint64_t rows = shape.row_count;
  const std::uint64_t subword_rows = shape.subwords ? shape.subwords->row_count : 0;
  switch (kind) {
    case SectionKind::kShape:
      return kShapeBytes;
    case SectionKind::kWordBlocks:
      return DivideRoundingUp(rows, kWordsPerBlock) * sizeof(std::uint32_t);
    case SectionKind::kBucketStarts:
      return (BucketCount(rows) + 1) * sizeof(std::uint32_t);
    case SectionKind::kBucketWords:
      return rows * sizeof(std::uint32_t);
    case SectionKind::kScanPlane:
      return PlaneOf(shape).byte_count();
    case SectionKind::kCosineFactors:
      return PlaneOf(shape).block_count() * ScanPlane::kRowsPerBlock * sizeof(std::uint16_t);
    case SectionKind::kNibblePlane:
      return PackedNibbleBytes(rows, shape.dimension);
    case SectionKind::kLowPlane:
      return rows * shape.dimension;
    case SectionKind::kFloatRows:
    case SectionKind::kWordRows:
    case SectionKind::kOutputRows:
      return rows * shape.dimension * sizeof(float);
    case SectionKind::kGloveWordRows:
    case SectionKind::kGloveContextRows:
      return rows * GloveRowFloats(shape.dimension) * sizeof(float);
    case SectionKind::kRowScales:
      return rows * sizeof(float);
    case SectionKind::kCounts:
      return rows * sizeof(std::uint64_t);
    case SectionKind::kSubwordOptions:
      return kSubwordOptionsBytes;
    case SectionKind::kSubwordBuckets:
      return subword_rows * sizeof(std::uint32_t);
    case SectionKind::kSubwordHighPlane:
    case SectionKind::kSubwordLowPlane:
      return subword_rows * shape.dimension;
    case SectionKind::kSubwordScales:
      return subword_rows * sizeof(float);
    case SectionKind::kSubwordFloatRows:
      return subword_rows * shape.dimension * sizeof(float);
    case SectionKind::kWords:
    case SectionKind::kMetadata:
    case SectionKind::kGraph:
    case SectionKind::kTrainingState:
    case SectionKind::kDocumentFrames:
    case SectionKind::kDocumentTexts:
    case SectionKind::kDocumentSettings:
      break;
  }
  return std::nullopt;
}

bool HasBoundedRatio(SectionKind kind) {
  return kind == SectionKind::kGraph || !IsKnownSection(kind);
}

std::string LengthProblem(const SectionEntry& entry, const StoreShape& shape) {
  if (entry.codec == Codec::kRaw && entry.raw_length != entry.stored_length) {
    return Compare("a raw length", entry.raw_length, "", entry.stored_length);
  }
  if (const auto exact = ExactRawLength(entry.kind, shape); exact && entry.raw_length != *exact) {
    return Compare("a length", entry.raw_length, "", *exact);
  }
  if (entry.kind == SectionKind::kWords) {
    // Every word has at least its length byte and one more; block offsets are 32 bits wide.
    if (entry.raw_length < 2 * shape.row_count) {
      return Compare("a length", entry.raw_length, "at least ", 2 * shape.row_count);
    }
    if (entry.raw_length > UINT32_MAX) {
      return Compare("a length", entry.raw_length, "at most ", UINT32_MAX);
    }
  }
  if (entry.kind == SectionKind::kMetadata && entry.raw_length > kMaxMetadataBytes) {
    return Compare("a length", entry.raw_length, "at most ", kMaxMetadataBytes);
  }
  if (entry.kind == SectionKind::kTrainingState && entry.raw_length > kMaxTrainingStateBytes) {
    return Compare("a length", entry.raw_length, "at most ", kMaxTrainingStateBytes);
  }
  if (entry.kind == SectionKind::kDocumentSettings &&
      entry.raw_length > kMaxDocumentSettingsBytes) {
    return Compare("a length", entry.raw_length, "at most ", kMaxDocumentSettingsBytes);
  }
  if (entry.kind == SectionKind::kDocumentFrames) {
    // Every frame has at least one text.
    if (entry.raw_length > shape.row_count * kTextFrameEntryBytes) {
      return Compare("a length", entry.raw_length, "at most ",
                     shape.row_count * kTextFrameEntryBytes);
    }
    if (entry.raw_length == 0 || entry.raw_length % kTextFrameEntryBytes != 0) {
      return Compare("a length", entry.raw_length, "a multiple of ", kTextFrameEntryBytes);
    }
  }
  if (entry.codec != Codec::kRaw && HasBoundedRatio(entry.kind) &&
      entry.raw_length > entry.stored_length * kMaxCompressionRatio) {
    return Compare("a raw length", entry.raw_length, "at most ",
                   entry.stored_length * kMaxCompressionRatio);
  }
  return "";
}

}  // namespace wordkin
