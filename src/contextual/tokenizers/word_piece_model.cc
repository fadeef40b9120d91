#include "contextual/tokenizers/word_piece_model.h"

#include <algorithm>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {

WordPieceModel::WordPieceModel(PieceIndex::Pieces pieces, WordPieceOptions options)
    : options_(std::move(options)),
      pieces_(std::move(pieces)),
      index_(pieces_),
      continuations_(pieces_, options_.continuing_prefix) {
  for (std::size_t id = 0; id < pieces_.size(); ++id) {
    if (pieces_.Piece(id).size() <= kLongestPiece) continue;
    throw Error(ErrorKind::kDamaged, "piece " + std::to_string(id) +
                                         " of the vocabulary is longer than " +
                                         std::to_string(kLongestPiece) + " bytes");
  }
  const std::optional<std::int32_t> unknown = Find(options_.unknown_piece);
  if (!unknown) {
    throw Error(ErrorKind::kDamaged, "the vocabulary lacks the piece for unknown words, " +
                                         QuoteExcerpt(options_.unknown_piece));
  }
  unknown_id_ = *unknown;
}

void WordPieceModel::Cut(std::string_view word, std::vector<WordPart>& parts) const {
  const std::size_t first_part = parts.size();
  bool is_known = word.size() <= options_.most_characters ||
                  static_cast<std::size_t>(std::ranges::count_if(word, BeginsCharacter)) <=
                      options_.most_characters;
  for (std::size_t begin = 0; is_known && begin < word.size();) {
    const PieceIndex& index = begin == 0 ? index_ : continuations_;
    const auto piece = index.FindLongest(pieces_, word.substr(begin));
    is_known = piece.has_value();
    if (!is_known) break;
    const std::size_t end = begin + piece->size;
    parts.push_back(
        {piece->id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end;
  }
  if (is_known) return;
  parts.resize(first_part);
  parts.push_back({unknown_id_, 0, static_cast<std::uint32_t>(word.size())});
}

}  // namespace wordkin::contextual
