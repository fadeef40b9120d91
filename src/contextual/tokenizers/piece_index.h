#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/piece_list.h"

namespace wordkin::contextual {

// Of a byte of valid UTF-8.
constexpr bool BeginsCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// Finds a piece's place in a list. Looking one up allocates nothing.
class PieceIndex {
 public:
  using Pieces = PieceList<std::int32_t>;

  // Of the pieces of 'pieces' that begin with 'prefix', by what they go on with; empty ones are
  // left out. Throws kDamaged when one comes twice: "the piece 'x' has the ids 3 and 7".
  explicit PieceIndex(const Pieces& pieces, std::string_view prefix = {});

  // 'pieces' is the list that the index was made of.
  std::optional<std::int32_t> Find(const Pieces& pieces, std::string_view piece) const;

  // The longest piece of at most kLongestSought bytes that 'text', valid UTF-8, begins with and
  // that ends where a character does. Time is linear in the longest piece.
  static constexpr std::size_t kLongestSought = 1024;
  struct Beginning {
    std::int32_t id;
    std::size_t size;
  };
  std::optional<Beginning> FindLongest(const Pieces& pieces, std::string_view text) const;

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::int32_t id = -1;
  };

  std::optional<std::int32_t> FindHashed(const Pieces& pieces, std::string_view piece,
                                         std::uint64_t hash) const;
  std::size_t HomeOf(std::uint64_t hash) const;
  std::size_t After(std::size_t slot) const { return slot + 1 == slots_.size() ? 0 : slot + 1; }

  std::size_t prefix_size_;
  std::vector<Slot> slots_;  // two thirds full at most
  std::size_t longest_ = 0;  // bytes of a piece, without its prefix
};

}  // namespace wordkin::contextual
