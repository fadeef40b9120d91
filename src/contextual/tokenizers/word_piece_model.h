#pragma once

#include <optional>
#include <string>

#include "contextual/tokenizers/piece_index.h"
#include "contextual/tokenizers/piece_model.h"

namespace wordkin::contextual {

struct WordPieceOptions {
  std::string unknown_piece = "[UNK]";
  std::string continuing_prefix = "##";
  std::size_t most_characters = 100;  // a longer word is unknown
};

// Greedy longest match from the left (Wu et al. 2016): a word that can not be matched to its end is
// unknown as a whole. Time is linear in the word, times the longest piece.
class WordPieceModel : public PieceModel {
 public:
  static constexpr std::size_t kLongestPiece = PieceIndex::kLongestSought;

  // 'pieces' by id. Throws kDamaged when the unknown piece is missing, or a piece is longer or
  // comes twice.
  WordPieceModel(PieceIndex::Pieces pieces, WordPieceOptions options);

  void Cut(std::string_view word, std::vector<WordPart>& parts) const override;
  std::string_view Spelling(const WordPart& part, std::string_view) const override {
    return pieces_.Piece(static_cast<std::size_t>(part.id));
  }
  std::optional<std::int32_t> Find(std::string_view piece) const override {
    return index_.Find(pieces_, piece);
  }
  std::size_t vocabulary_size() const override { return pieces_.size(); }

 private:
  WordPieceOptions options_;
  PieceIndex::Pieces pieces_;
  PieceIndex index_;
  PieceIndex continuations_;
  std::int32_t unknown_id_;
};

}  // namespace wordkin::contextual
