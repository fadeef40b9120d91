#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/int8_scan.h"
#include "common/math/scan_plane.h"

namespace wordkin {

// 8-bit rows on their own, for searches that jump from row to row where the scan walks through all.

// A record holds one row: its values as in the plane (v + 128), padded with 128, and in the last
// four bytes the cosine factor as float (0 for one that is not finite). A whole number of cache
// lines.
std::size_t Int8RecordBytes(std::size_t dimension);
void CopyInt8Record(const ScanPlane& plane, std::size_t row, std::span<std::uint8_t> record);

// A query in the same shape.
struct Int8RecordQuery {
  std::vector<std::int8_t> values;  // padded with zeros to a record's bytes
  std::uint32_t offset = 0;         // what storing v + 128 adds to every dot product
};
Int8RecordQuery MakeRecordQuery(const ScanQuery& query, std::size_t dimension);

// The sum of record[i] * values[i] modulo 2^32; byte_count is a multiple of 64.
using Int8Dot = std::uint32_t (*)(const std::uint8_t* record, const std::int8_t* values,
                                  std::size_t byte_count);
// That of the instruction set in use, to be asked for once.
Int8Dot ActiveInt8Dot();

// The score that the scan gives the row, bit for bit.
float ScoreInt8Record(Int8Dot dot, std::span<const std::uint8_t> record,
                      const Int8RecordQuery& query);

// The sum of the products of two records' values; byte_count is a multiple of 64 and takes the
// factors in.
using Int8PairDot = std::int32_t (*)(const std::uint8_t* a, const std::uint8_t* b,
                                     std::size_t byte_count);
// That of the instruction set in use, to be asked for once.
Int8PairDot ActiveInt8PairDot();

// Ranks pairs of rows by cosine: 127 * 127 times it, to about 0.005 of that.
float ScoreInt8Records(Int8PairDot dot, const std::uint8_t* a, const std::uint8_t* b,
                       std::size_t byte_count);

}  // namespace wordkin
