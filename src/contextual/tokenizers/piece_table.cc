#include "contextual/tokenizers/piece_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {

// Eight bytes at a time: a multiplication mixes upwards, the fold brings the high bits down.
std::uint64_t PieceTable::Hash(std::string_view piece) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  const auto mix = [](std::uint64_t value) {
    value *= kMultiplier;
    return value ^ (value >> 32);
  };
  std::uint64_t hash = mix(piece.size() + 1);
  const char* bytes = piece.data();
  std::size_t left = piece.size();
  for (; left >= 8; left -= 8, bytes += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    hash = mix(hash ^ word);
  }
  std::uint64_t tail = 0;
  std::memcpy(&tail, bytes, left);
  return mix(mix(hash ^ tail));
}

PieceTable::PieceTable(const std::vector<std::string_view>& pieces) {
  std::size_t byte_count = 0;
  for (const std::string_view piece : pieces) byte_count += piece.size();
  if (byte_count > std::numeric_limits<std::uint32_t>::max() ||
      pieces.size() > std::numeric_limits<std::int32_t>::max() / 2) {
    throw Error(ErrorKind::kDamaged, "the vocabulary is larger than any of a model");
  }
  bytes_.reserve(byte_count);
  ends_.reserve(pieces.size());
  slots_.resize(std::bit_ceil(2 * pieces.size() + 1));
  for (const std::string_view piece : pieces) {
    const auto id = static_cast<std::int32_t>(ends_.size());
    bytes_ += piece;
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    longest_ = std::max(longest_, piece.size());
    if (piece.empty()) continue;
    const std::uint64_t hash = Hash(piece);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].id >= 0; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == static_cast<std::uint32_t>(hash >> 32) &&
          Piece(slots_[at].id) == piece) {
        throw Error(ErrorKind::kDamaged, "the piece " + QuoteExcerpt(piece) + " has the ids " +
                                             std::to_string(slots_[at].id) + " and " +
                                             std::to_string(id));
      }
    }
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), id};
  }
}

std::string_view PieceTable::Piece(std::int32_t id) const {
  const auto index = static_cast<std::size_t>(id);
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

std::optional<std::int32_t> PieceTable::Find(std::string_view piece) const {
  if (piece.empty() || piece.size() > longest_) return std::nullopt;
  const std::uint64_t hash = Hash(piece);
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].id >= 0;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == static_cast<std::uint32_t>(hash >> 32) &&
        Piece(slots_[at].id) == piece) {
      return slots_[at].id;
    }
  }
  return std::nullopt;
}

}  // namespace wordkin::contextual
