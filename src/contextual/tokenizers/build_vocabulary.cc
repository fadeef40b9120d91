#include "contextual/tokenizers/build_vocabulary.h"

#include <algorithm>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

[[noreturn]] void Refuse(const std::string& name, const std::string& reason) {
  throw Error(ErrorKind::kDamaged, name + ": " + reason);
}

// Added tokens have pieces' ids or fill the gaps between them; 'size' ids are taken by pieces.
void CheckAddedTokens(const PieceList<std::int32_t>& pieces,
                      const std::vector<std::int32_t>& places, std::size_t size,
                      const std::vector<AddedToken>& added_tokens, const std::string& name) {
  std::vector<bool> is_taken(places.size());
  for (std::size_t id = 0; id < places.size(); ++id) is_taken[id] = places[id] >= 0;
  for (const AddedToken& token : added_tokens) {
    const auto id = static_cast<std::size_t>(token.id);
    if (id >= places.size()) {
      Refuse(name, "the added token " + QuoteExcerpt(token.content) + " has the id " +
                       std::to_string(id) + ", which leaves ids without a piece");
    }
    const std::string_view piece =
        places[id] < 0 ? "" : pieces.Piece(static_cast<std::size_t>(places[id]));
    if (!piece.empty() && piece != token.content) {
      Refuse(name, "the added token " + QuoteExcerpt(token.content) + " has the id " +
                       std::to_string(id) + ", which is that of the piece " + QuoteExcerpt(piece));
    }
    is_taken[id] = true;
    size = std::max(size, id + 1);
  }
  const auto end = is_taken.begin() + static_cast<std::ptrdiff_t>(size);
  const auto hole = std::find(is_taken.begin(), end, false);
  if (hole != end) Refuse(name, "no piece has the id " + std::to_string(hole - is_taken.begin()));
}

}  // namespace

PieceList<std::int32_t> PiecesById(PieceList<std::int32_t> pieces,
                                   const std::vector<AddedToken>& added_tokens,
                                   const std::string& name) {
  constexpr std::int32_t kNone = -1;
  // As many ids as there are names for them at most, so that a huge id takes no memory.
  const std::size_t most = pieces.size() + added_tokens.size();
  std::vector<std::int32_t> places(most, kNone);  // in 'pieces'
  std::size_t size = 0;
  bool is_in_order = true;
  for (std::size_t place = 0; place < pieces.size(); ++place) {
    const std::int32_t id = pieces.ValueAt(place);
    const std::string_view piece = pieces.Piece(place);
    const auto index = static_cast<std::size_t>(id);
    if (id < 0 || index >= most) {
      Refuse(name, "the piece " + QuoteExcerpt(piece) +
                       " has an id that is not between 0 and the number of pieces, " +
                       std::to_string(most));
    }
    if (places[index] != kNone) {
      const auto other = static_cast<std::size_t>(places[index]);
      Refuse(name, "the pieces " + QuoteExcerpt(pieces.Piece(other)) + " and " +
                       QuoteExcerpt(piece) + " have the same id, " + std::to_string(id));
    }
    places[index] = static_cast<std::int32_t>(place);
    is_in_order = is_in_order && index == place;
    size = std::max(size, index + 1);
  }
  CheckAddedTokens(pieces, places, size, added_tokens, name);
  if (is_in_order) return pieces;
  PieceList<std::int32_t> by_id;
  for (std::size_t id = 0; id < size; ++id) {
    by_id.Add(places[id] == kNone ? "" : pieces.Piece(static_cast<std::size_t>(places[id])),
              static_cast<std::int32_t>(id));
  }
  return by_id;
}

}  // namespace wordkin::contextual
