#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/store/store_format.h"

namespace wordkin {

// What the shape of a store settles about its sections. All products stay below 2^52 for a shape
// within its bounds.

inline constexpr SectionKind kLastSection = SectionKind::kNibblePlane;
bool IsKnownSection(SectionKind kind);
// For going through all known kinds.
constexpr SectionKind Next(SectionKind kind) {
  return static_cast<SectionKind>(static_cast<std::uint32_t>(kind) + 1);
}
// A reader that does not know the section must refuse the file.
bool IsCriticalSection(SectionKind kind);
// Only what no question needs at once; the rest is used where it lies.
bool MayBeCompressed(SectionKind kind);
// Of the n-gram buckets: kSubwordOptions to kSubwordFloatRows.
bool IsSubwordSection(SectionKind kind);
bool IsRequired(SectionKind kind, const StoreShape& shape);
bool IsAllowed(SectionKind kind, const StoreShape& shape);

// Why the shape is out of bounds; empty when it is not.
std::string ShapeProblem(const StoreShape& shape);
std::string SubwordProblem(const SubwordShape& subwords);

// Buckets of the word index.
std::uint64_t BucketCount(std::uint64_t row_count);

// Bytes of a section once decompressed, where the shape alone settles them.
std::optional<std::uint64_t> ExactRawLength(SectionKind kind, const StoreShape& shape);

// Neither the shape nor a fixed limit bounds the section, so its compression ratio is bounded.
bool HasBoundedRatio(SectionKind kind);

// Why a section can not have the lengths of 'entry'; empty when it can.
std::string LengthProblem(const SectionEntry& entry, const StoreShape& shape);

}  // namespace wordkin
