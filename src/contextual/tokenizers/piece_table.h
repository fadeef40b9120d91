#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// The pieces of a vocabulary by id and the other way round. Looking one up allocates nothing.
class PieceTable {
 public:
  // 'pieces' by id; an empty one stands for an id that no piece has. Throws kDamaged when a piece
  // comes twice: "the piece 'x' has the ids 3 and 7".
  explicit PieceTable(const std::vector<std::string_view>& pieces);

  std::size_t size() const { return ends_.size(); }
  // Valid while the table lives.
  std::string_view Piece(std::int32_t id) const;
  std::optional<std::int32_t> Find(std::string_view piece) const;
  // Bytes of the longest piece.
  std::size_t longest() const { return longest_; }

 private:
  static std::uint64_t Hash(std::string_view piece);
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t id = -1;
  };

  std::string bytes_;
  std::vector<std::uint32_t> ends_;  // in bytes_
  std::vector<Slot> slots_;          // a power of two, at most half full
  std::size_t longest_ = 0;
};

}  // namespace wordkin::contextual
