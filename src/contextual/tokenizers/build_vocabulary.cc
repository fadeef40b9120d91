#include "contextual/tokenizers/build_vocabulary.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

constexpr std::int32_t kNone = -1;

[[noreturn]] void Refuse(const std::string& reason) { throw Error(ErrorKind::kDamaged, reason); }

std::string ThePiece(std::string_view piece) { return "the piece " + QuoteExcerpt(piece); }

// Added tokens have pieces' ids or fill the gaps between them. 'places' has the place in 'pieces'
// of each id, and an entry for each id that there may be.
template <typename Value>
void CheckAgainst(const PieceList<Value>& pieces, const std::vector<std::int32_t>& places,
                  const std::vector<AddedToken>& added_tokens) {
  std::vector<bool> is_taken(places.size());
  std::size_t size = 0;
  for (std::size_t id = 0; id < places.size(); ++id) {
    is_taken[id] = places[id] != kNone;
    if (is_taken[id]) size = id + 1;
  }
  for (const AddedToken& token : added_tokens) {
    const std::string who = "the added token " + QuoteExcerpt(token.content) + " has the id " +
                            std::to_string(token.id);
    const auto id = static_cast<std::size_t>(token.id);
    if (id >= places.size()) Refuse(who + ", which leaves ids without a piece");
    if (places[id] != kNone) {
      const std::string_view piece = pieces.Piece(static_cast<std::size_t>(places[id]));
      if (piece != token.content) Refuse(who + ", which is that of " + ThePiece(piece));
    }
    is_taken[id] = true;
    size = std::max(size, id + 1);
  }
  const auto end = is_taken.begin() + static_cast<std::ptrdiff_t>(size);
  const auto hole = std::find(is_taken.begin(), end, false);
  if (hole != end) Refuse("no piece has the id " + std::to_string(hole - is_taken.begin()));
}

}  // namespace

void CheckAddedTokens(const PieceList<double>& pieces,
                      const std::vector<AddedToken>& added_tokens) {
  std::vector<std::int32_t> places(pieces.size() + added_tokens.size(), kNone);
  for (std::size_t id = 0; id < pieces.size(); ++id) places[id] = static_cast<std::int32_t>(id);
  CheckAgainst(pieces, places, added_tokens);
}

PieceList<std::int32_t> PiecesById(PieceList<std::int32_t> pieces,
                                   const std::vector<AddedToken>& added_tokens) {
  // As many ids as there are names for them at most, so that a huge id takes no memory.
  const std::size_t most = pieces.size() + added_tokens.size();
  std::vector<std::int32_t> places(most, kNone);
  std::size_t size = 0;
  bool is_in_order = true;
  for (std::size_t place = 0; place < pieces.size(); ++place) {
    const std::string_view piece = pieces.Piece(place);
    const std::int32_t id = pieces.ValueAt(place);
    const auto index = static_cast<std::size_t>(id);
    if (id < 0 || index >= most) {
      Refuse(ThePiece(piece) + " has an id that is not between 0 and the number of pieces, " +
             std::to_string(most));
    }
    if (places[index] != kNone) {
      Refuse(ThePiece(pieces.Piece(static_cast<std::size_t>(places[index]))) + " and " +
             ThePiece(piece) + " have the same id, " + std::to_string(id));
    }
    places[index] = static_cast<std::int32_t>(place);
    is_in_order = is_in_order && index == place;
    size = std::max(size, index + 1);
  }
  CheckAgainst(pieces, places, added_tokens);
  if (is_in_order) return pieces;
  PieceList<std::int32_t> by_id;
  for (std::size_t id = 0; id < size; ++id) {
    by_id.Add(places[id] == kNone ? "" : pieces.Piece(static_cast<std::size_t>(places[id])),
              static_cast<std::int32_t>(id));
  }
  return by_id;
}

}  // namespace wordkin::contextual
