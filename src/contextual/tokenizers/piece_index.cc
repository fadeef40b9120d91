#include "contextual/tokenizers/piece_index.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

// A multiplication mixes upwards, the fold brings the high bits down.
std::uint64_t Mix(std::uint64_t value) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  value *= kMultiplier;
  return value ^ (value >> 32);
}

// A piece is hashed word by word, so that pieces with the same beginning share their hash up to
// there.
constexpr std::size_t kWordSize = sizeof(std::uint64_t);

std::uint64_t AddWord(std::uint64_t hash, const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, kWordSize);
  return Mix(hash ^ word);
}

// Of a piece whose whole words have the hash 'words'.
std::uint64_t AddRest(std::uint64_t words, std::string_view piece) {
  const std::size_t size = piece.size() % kWordSize;
  std::uint64_t rest = 0;
  std::memcpy(&rest, piece.data() + piece.size() - size, size);
  return Mix(Mix(words ^ rest) + piece.size());
}

std::uint64_t Hash(std::string_view piece) {
  std::uint64_t words = 0;
  for (std::size_t begin = 0; begin + kWordSize <= piece.size(); begin += kWordSize) {
    words = AddWord(words, piece.data() + begin);
  }
  return AddRest(words, piece);
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
  return FindHashed(pieces, piece, Hash(piece));
}

std::optional<PieceIndex::Beginning> PieceIndex::FindLongest(const Pieces& pieces,
                                                             std::string_view text) const {
  const std::size_t most = std::min({text.size(), longest_, kLongestSought});
  std::array<std::uint64_t, kLongestSought / kWordSize + 1> words;  // [i]: hash of the first i
  words[0] = 0;
  for (std::size_t i = 0; i < most / kWordSize; ++i) {
    words[i + 1] = AddWord(words[i], text.data() + i * kWordSize);
  }
  for (std::size_t size = most; size > 0; --size) {
    if (size < text.size() && !BeginsCharacter(text[size])) continue;
    const std::string_view piece = text.substr(0, size);
    const auto id = FindHashed(pieces, piece, AddRest(words[size / kWordSize], piece));
    if (id) return Beginning{*id, size};
  }
  return std::nullopt;
}

std::optional<std::int32_t> PieceIndex::FindHashed(const Pieces& pieces, std::string_view piece,
                                                   std::uint64_t hash) const {
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
