#include "common/math/int8_record.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "common/math/half_float.h"
#include "common/math/instruction_set.h"
#include "common/math/int8_scan_kernels.h"

namespace wordkin {
namespace {

float FactorOf(const std::uint8_t* record, std::size_t byte_count) {
  float factor;
  std::memcpy(&factor, record + byte_count - sizeof(factor), sizeof(factor));
  return factor;
}

}  // namespace

std::size_t Int8RecordBytes(std::size_t dimension) {
  constexpr std::size_t kLine = 64;
  return (dimension + sizeof(float) + kLine - 1) / kLine * kLine;
}

void CopyInt8Record(const ScanPlane& plane, std::size_t row, std::span<std::uint8_t> record) {
  std::fill(record.begin(), record.end(), std::uint8_t{ScanPlane::kZero});
  for (std::size_t column = 0; column < plane.dimension; column += ScanPlane::kDimensionsPerGroup) {
    const std::size_t count = std::min(ScanPlane::kDimensionsPerGroup, plane.dimension - column);
    std::memcpy(record.data() + column, plane.blocks + plane.Offset(row, column), count);
  }
  float factor = HalfToFloat(plane.cosine_factors[row]);
  // Only a damaged plane holds such a factor; heaps must not meet a score that is no number.
  if (!std::isfinite(factor)) factor = 0;
  std::memcpy(record.data() + record.size() - sizeof(factor), &factor, sizeof(factor));
}

Int8RecordQuery MakeRecordQuery(const ScanQuery& query, std::size_t dimension) {
  Int8RecordQuery made{query.values, 0};
  made.values.resize(Int8RecordBytes(dimension));
  for (const std::int8_t value : query.values) {
    made.offset += ScanPlane::kZero * static_cast<std::uint32_t>(value);
  }
  return made;
}

Int8Dot ActiveInt8Dot() {
#if defined(__x86_64__)
  const std::string name = ActiveInstructionSet();
  if (name == "avx512vnni") return scan::DotAvx512Vnni;
  if (name == "avx512" || name == "avx2") return scan::DotAvx2;
#endif
  return scan::DotPortable;
}

float ScoreInt8Record(Int8Dot dot, std::span<const std::uint8_t> record,
                      const Int8RecordQuery& query) {
  const std::uint32_t sum = dot(record.data(), query.values.data(), record.size());
  return static_cast<float>(static_cast<std::int32_t>(sum - query.offset)) *
         FactorOf(record.data(), record.size());
}

Int8PairDot ActiveInt8PairDot() {
#if defined(__x86_64__)
  const std::string name = ActiveInstructionSet();
  if (name == "avx512vnni") return scan::PairDotAvx512Vnni;
  if (name == "avx512" || name == "avx2") return scan::PairDotAvx2;
#endif
  return scan::PairDotPortable;
}

float ScoreInt8Records(Int8PairDot dot, const std::uint8_t* a, const std::uint8_t* b,
                       std::size_t byte_count) {
  return static_cast<float>(dot(a, b, byte_count)) * FactorOf(a, byte_count) *
         FactorOf(b, byte_count);
}

}  // namespace wordkin
