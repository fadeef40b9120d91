#include "contextual/tokenizers/piece_index.h"

#include <algorithm>
#include <cstring>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

// Eight bytes at a time: a multiplication mixes upwards, the fold brings the high bits down.
std::uint64_t Hash(std::string_view piece) {
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

std::uint32_t TagOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }

bool IsIndexed(std::string_view piece, std::string_view prefix) {
  return piece.size() > prefix.size() && piece.starts_with(prefix);
}

}  // namespace

PieceIndex::PieceIndex(const Pieces& pieces, std::string_view prefix)
    : prefix_size_(prefix.size()) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (IsIndexed(pieces.Piece(i), prefix)) ++count;
  }
  slots_.resize(count + count / 2 + 2);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!IsIndexed(pieces.Piece(i), prefix)) continue;
    const std::string_view piece = pieces.Piece(i).substr(prefix_size_);
    longest_ = std::max(longest_, piece.size());
    const std::uint64_t hash = Hash(piece);
    std::size_t slot = HomeOf(hash);
    for (; slots_[slot].id >= 0; slot = After(slot)) {
      const auto other = static_cast<std::size_t>(slots_[slot].id);
      if (slots_[slot].tag == TagOf(hash) && pieces.Piece(other) == pieces.Piece(i)) {
        throw Error(ErrorKind::kDamaged, "the piece " + QuoteExcerpt(pieces.Piece(i)) +
                                             " has the ids " + std::to_string(other) + " and " +
                                             std::to_string(i));
      }
    }
    slots_[slot] = {TagOf(hash), static_cast<std::int32_t>(i)};
  }
}

// The upper half of the hash, scaled: the table need not be a power of two, and memory that is
// touched for the first time is what takes longest when a tokenizer is read.
std::size_t PieceIndex::HomeOf(std::uint64_t hash) const {
  return static_cast<std::size_t>(((hash >> 32) * slots_.size()) >> 32);
}

std::optional<std::int32_t> PieceIndex::Find(const Pieces& pieces, std::string_view piece) const {
  if (piece.empty() || piece.size() > longest_) return std::nullopt;
  const std::uint64_t hash = Hash(piece);
  for (std::size_t slot = HomeOf(hash); slots_[slot].id >= 0; slot = After(slot)) {
    const std::int32_t id = slots_[slot].id;
    if (slots_[slot].tag == TagOf(hash) &&
        pieces.Piece(static_cast<std::size_t>(id)).substr(prefix_size_) == piece) {
      return id;
    }
  }
  return std::nullopt;
}

}  // namespace wordkin::contextual
