#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// Pieces as a file lists them, each with a value, one behind the other in memory. All of them
// together are below 4 GiB.
template <typename Value>
class PieceList {
 public:
  void Reserve(std::size_t byte_count, std::size_t piece_count) {
    bytes_.reserve(byte_count);
    ends_.reserve(piece_count);
    values_.reserve(piece_count);
  }
  void Add(std::string_view piece, Value value) {
    bytes_ += piece;
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    values_.push_back(value);
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view Piece(std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
  }
  Value ValueAt(std::size_t index) const { return values_[index]; }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
  std::vector<Value> values_;
};

}  // namespace wordkin::contextual
