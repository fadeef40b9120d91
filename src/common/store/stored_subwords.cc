#include "common/store/stored_subwords.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <vector>

#include "common/math/vector_kernels.h"

namespace wordkin {

StoredSubwords::StoredSubwords(const SubwordSections& sections, const StoreShape& shape)
    : sections_(sections), shape_(shape) {}

std::uint32_t StoredSubwords::Bucket(std::size_t row) const {
  assert(row < row_count());
  return row_count() == options().bucket_count ? static_cast<std::uint32_t>(row)
                                               : sections_.buckets[row];
}

std::optional<std::size_t> StoredSubwords::FindRow(std::uint32_t bucket) const {
  if (row_count() == options().bucket_count) return bucket;
  const auto& buckets = sections_.buckets;
  const auto found = std::lower_bound(buckets.begin(), buckets.end(), bucket);
  if (found == buckets.end() || *found != bucket) return std::nullopt;
  return static_cast<std::size_t>(found - buckets.begin());
}

void StoredSubwords::CopyRow(std::size_t row, std::span<float> values) const {
  assert(row < row_count() && values.size() == shape_.dimension);
  const std::size_t first = row * values.size();
  if (shape_.precision == Precision::kFloat32) {
    std::memcpy(values.data(), sections_.float_rows.data() + first, values.size_bytes());
    return;
  }
  const std::int8_t* const high = sections_.high_plane.data() + first;
  const float scale = sections_.scales[row];
  if (shape_.precision == Precision::kInt8) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = scale * static_cast<float>(high[i] * 256);
    }
    return;
  }
  const std::int8_t* const low = sections_.low_plane.data() + first;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = scale * static_cast<float>(high[i] * 256 + low[i]);
  }
}

bool StoredSubwords::Compose(std::string_view word, std::span<float> values) const {
  std::vector<std::uint32_t> buckets;
  AppendBuckets(word, options(), buckets);
  std::fill(values.begin(), values.end(), 0.0f);
  std::vector<float> row_values(values.size());
  bool has_row = false;
  for (const std::uint32_t bucket : buckets) {
    const std::optional<std::size_t> row = FindRow(bucket);
    if (!row) continue;
    has_row = true;
    CopyRow(*row, row_values);
    AddScaled(values, 1.0f, row_values);
  }
  if (!has_row) return false;
  // Divided as fastText divides: by a double, rounded to float.
  const auto factor = static_cast<float>(1.0 / static_cast<double>(buckets.size()));
  for (float& value : values) value *= factor;
  return true;
}

}  // namespace wordkin
