#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "contextual/tokenizers/pair_index.h"
#include "contextual/tokenizers/piece_index.h"
#include "contextual/tokenizers/piece_model.h"

namespace wordkin::contextual {

struct BytePairOptions {
  std::optional<std::string> unknown_piece;  // none: a character that is no piece is left out
  bool fuses_unknown = false;                // a run of them is one piece
  bool ignores_merges = false;               // a word that is a piece is not taken apart
};

// Byte-pair encoding (Sennrich et al. 2016): a word's characters, neighbours merged by rank, equal
// ones from the left. Time is n log n in the word.
class BytePairModel : public PieceModel {
 public:
  // 'pieces' by id; each of 'merges' is both pieces and the bytes of the left one, by rank. Throws
  // kDamaged when a merge names no pieces, makes none or comes twice.
  BytePairModel(PieceIndex::Pieces pieces, const PieceList<std::uint32_t>& merges,
                BytePairOptions options);

  void Cut(std::string_view word, std::vector<WordPart>& parts) const override;
  std::string_view Spelling(const WordPart& part, std::string_view) const override {
    return pieces_.Piece(static_cast<std::size_t>(part.id));
  }
  std::optional<std::int32_t> Find(std::string_view piece) const override {
    return index_.Find(pieces_, piece);
  }
  std::size_t vocabulary_size() const override { return pieces_.size(); }

 private:
  class Merging;

  void AddMerge(const PieceList<std::uint32_t>& merges, std::size_t rank);

  PieceIndex::Pieces pieces_;
  PieceIndex index_;
  PairIndex merges_;
  std::int32_t unknown_id_ = -1;
  bool fuses_unknown_;
  bool ignores_merges_;
};

}  // namespace wordkin::contextual
