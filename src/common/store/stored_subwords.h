#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "common/store/store_format.h"

namespace wordkin {

// The sections of a store's subwords where they lie; those that the precision does not ask for are
// empty. Lengths were checked against the shape.
struct SubwordSections {
  std::span<const std::uint32_t> buckets;  // empty: every bucket has a row
  std::span<const std::int8_t> high_plane;
  std::span<const std::int8_t> low_plane;
  std::span<const float> scales;
  std::span<const float> float_rows;
};

// The rows of n-gram buckets in a mapped store. Content is not believed: a damaged section gives
// wrong values, which may not be finite, never a read outside it. Safe to share between threads.
class StoredSubwords {
 public:
  // 'shape' has subwords.
  StoredSubwords(const SubwordSections& sections, const StoreShape& shape);

  const SubwordOptions& options() const { return shape_.subwords->options; }
  std::size_t row_count() const { return shape_.subwords->row_count; }
  const SubwordSections& sections() const { return sections_; }

  // The bucket of a row, and the row of a bucket, if it has one. row < row_count().
  std::uint32_t Bucket(std::size_t row) const;
  std::optional<std::size_t> FindRow(std::uint32_t bucket) const;
  // values.size() is the dimension.
  void CopyRow(std::size_t row, std::span<float> values) const;

  // values = the mean of the rows of the word's buckets, those without a row as zeros: fastText's
  // vector of a word that it has not seen. False when no bucket has a row. 'word' is valid UTF-8.
  bool Compose(std::string_view word, std::span<float> values) const;

 private:
  SubwordSections sections_;
  StoreShape shape_;
};

}  // namespace wordkin
