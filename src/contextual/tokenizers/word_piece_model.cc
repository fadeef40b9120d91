#include "contextual/tokenizers/word_piece_model.h"

#include <algorithm>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

bool BeginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

}  // namespace

WordPieceModel::WordPieceModel(PieceIndex::Pieces pieces, WordPieceOptions options)
    : options_(std::move(options)),
      pieces_(std::move(pieces)),
      index_(pieces_),
      continuations_(pieces_, options_.continuing_prefix) {
  const std::optional<std::int32_t> unknown = Find(options_.unknown_piece);
  if (!unknown) {
    throw Error(ErrorKind::kDamaged, "the vocabulary lacks the piece for unknown words, " +
                                         QuoteExcerpt(options_.unknown_piece));
  }
  unknown_id_ = *unknown;
}

std::optional<WordPart> WordPieceModel::LongestAt(std::string_view word, std::size_t begin) const {
  const PieceIndex& index = begin == 0 ? index_ : continuations_;
  for (std::size_t end = std::min(word.size(), begin + index.longest()); end > begin; --end) {
    if (end < word.size() && !BeginsCharacter(word[end])) continue;
    if (const auto id = index.Find(pieces_, word.substr(begin, end - begin))) {
      return WordPart{*id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
  }
  return std::nullopt;
}

void WordPieceModel::Cut(std::string_view word, std::vector<WordPart>& parts) const {
  const std::size_t first_part = parts.size();
  bool is_known = word.size() <= options_.most_characters ||
                  static_cast<std::size_t>(std::ranges::count_if(word, BeginsCharacter)) <=
                      options_.most_characters;
  for (std::size_t begin = 0; is_known && begin < word.size();) {
    const std::optional<WordPart> part = LongestAt(word, begin);
    is_known = part.has_value();
    if (!is_known) break;
    parts.push_back(*part);
    begin = part->end;
  }
  if (is_known) return;
  parts.resize(first_part);
  parts.push_back({unknown_id_, 0, static_cast<std::uint32_t>(word.size())});
}

}  // namespace wordkin::contextual
