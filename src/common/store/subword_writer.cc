#include "common/store/subword_writer.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/store/little_endian.h"
#include "common/store/row_quantization.h"
#include "common/store/store_shape.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

void WriteOptions(SectionWriter& sections, const SubwordTable& table) {
  const SubwordOptions& options = table.options;
  std::vector<std::byte> bytes(kSubwordOptionsBytes);
  Store(std::span(bytes), 0, static_cast<std::uint32_t>(options.hash));
  Store(std::span(bytes), 4, options.minimum_length);
  Store(std::span(bytes), 8, options.maximum_length);
  Store(std::span(bytes), 12, options.bucket_count);
  Store(std::span(bytes), 16, options.hash_count);
  Store(std::span(bytes), 24, std::uint64_t{table.rows.row_count()});
  sections.AddRaw(SectionKind::kSubwordOptions, bytes);
}

void WriteFloatRows(SectionWriter& sections, const AlignedMatrix& rows) {
  sections.Begin(SectionKind::kSubwordFloatRows);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    sections.Append(std::as_bytes(rows.Row(row)));
  }
  sections.End();
}

void WritePlane(SectionWriter& sections, SectionKind kind, const AlignedMatrix& rows,
                std::span<const float> scales, Precision precision) {
  std::vector<std::int8_t> high(rows.dimension());
  std::vector<std::int8_t> low(rows.dimension());
  sections.Begin(kind);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (precision == Precision::kInt8) {
      QuantizeHigh(rows.Row(row), scales[row], high);
    } else {
      QuantizeTwoPlane(rows.Row(row), scales[row], high, low);
    }
    sections.Append(std::as_bytes(std::span(kind == SectionKind::kSubwordHighPlane ? high : low)));
  }
  sections.End();
}

}  // namespace

void CheckSubwordTable(const SubwordTable& table, std::size_t dimension, const std::string& path) {
  const std::string attempt = "cannot write '" + path + "': ";
  const std::vector<std::uint32_t>& buckets = table.buckets;
  const bool rises =
      std::adjacent_find(buckets.begin(), buckets.end(), std::greater_equal<>()) == buckets.end();
  if (!SubwordProblem({table.options, table.rows.row_count()}).empty() || !rises ||
      buckets.size() != table.rows.row_count() ||
      (!buckets.empty() &&
       (table.rows.dimension() != dimension || buckets.back() >= table.options.bucket_count))) {
    throw Error(ErrorKind::kInternal, attempt + "its subwords have not a row for every bucket");
  }
  for (std::size_t row = 0; row < buckets.size(); ++row) {
    if (AllFinite(table.rows.Row(row))) continue;
    throw Error(ErrorKind::kDamaged, attempt + "the row of subword bucket " +
                                         std::to_string(buckets[row]) +
                                         " holds a value that is not a finite number");
  }
}

void WriteSubwordSections(SectionWriter& sections, const SubwordTable& table, Precision precision) {
  WriteOptions(sections, table);
  if (table.buckets.size() < table.options.bucket_count) {
    sections.AddRaw(SectionKind::kSubwordBuckets, std::as_bytes(std::span(table.buckets)));
  }
  if (precision == Precision::kFloat32) return WriteFloatRows(sections, table.rows);
  std::vector<float> scales(table.rows.row_count());
  for (std::size_t row = 0; row < scales.size(); ++row) scales[row] = RowScale(table.rows.Row(row));
  WritePlane(sections, SectionKind::kSubwordHighPlane, table.rows, scales, precision);
  if (precision == Precision::kTwoPlane) {
    WritePlane(sections, SectionKind::kSubwordLowPlane, table.rows, scales, precision);
  }
  sections.AddRaw(SectionKind::kSubwordScales, std::as_bytes(std::span(scales)));
}

}  // namespace wordkin
