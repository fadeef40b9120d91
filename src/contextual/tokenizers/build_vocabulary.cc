#include "contextual/tokenizers/build_vocabulary.h"

#include <algorithm>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

[[noreturn]] void Refuse(const std::string& name, const std::string& reason) {
  throw Error(ErrorKind::kDamaged, name + ": " + reason);
}

}  // namespace

std::vector<std::string_view> PiecesById(
    const std::vector<std::pair<std::string, std::int64_t>>& pieces,
    const std::vector<AddedToken>& added_tokens, const std::string& name) {
  // As many ids as there are names for them at most, so that a huge id takes no memory.
  const std::size_t most = pieces.size() + added_tokens.size();
  std::vector<std::string_view> by_id(most);
  std::vector<bool> is_taken(most);
  std::size_t size = 0;
  for (const auto& [piece, id] : pieces) {
    if (id < 0 || static_cast<std::size_t>(id) >= most) {
      Refuse(name, "the piece " + QuoteExcerpt(piece) + " has the id " + std::to_string(id) +
                       ", but there are only " + std::to_string(most) + " pieces");
    }
    const auto index = static_cast<std::size_t>(id);
    if (is_taken[index]) {
      Refuse(name, "the pieces " + QuoteExcerpt(by_id[index]) + " and " + QuoteExcerpt(piece) +
                       " have the same id, " + std::to_string(id));
    }
    is_taken[index] = true;
    by_id[index] = piece;
    size = std::max(size, index + 1);
  }
  const std::size_t model_size = size;
  for (const AddedToken& token : added_tokens) {
    const auto index = static_cast<std::size_t>(token.id);
    if (index >= most) {
      Refuse(name, "the added token " + QuoteExcerpt(token.content) + " has the id " +
                       std::to_string(token.id) + ", which leaves ids without a piece");
    }
    if (is_taken[index] && !by_id[index].empty() && by_id[index] != token.content) {
      Refuse(name, "the added token " + QuoteExcerpt(token.content) + " has the id " +
                       std::to_string(token.id) + ", which is that of the piece " +
                       QuoteExcerpt(by_id[index]));
    }
    is_taken[index] = true;
    size = std::max(size, index + 1);
  }
  const auto hole = std::find(is_taken.begin(), is_taken.begin() + static_cast<long>(size), false);
  if (hole != is_taken.begin() + static_cast<long>(size)) {
    Refuse(name, "no piece has the id " + std::to_string(hole - is_taken.begin()));
  }
  by_id.resize(model_size);
  return by_id;
}

}  // namespace wordkin::contextual
