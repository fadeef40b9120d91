#pragma once

#include <cstdint>
#include <optional>

#include "contextual/tokenizers/piece_list.h"
#include "contextual/tokenizers/piece_model.h"
#include "contextual/tokenizers/piece_trie.h"

namespace wordkin::contextual {

// SentencePiece's unigram language model (Kudo 2018): the cut whose pieces' scores have the highest
// sum. A character that no piece is costs the lowest score less 10; a run of them is one part that
// is spelt as the word has it. Time is linear in the word, times the longest piece.
class UnigramModel : public PieceModel {
 public:
  static constexpr std::size_t kLongestPiece = 1024;

  // 'pieces' and their scores by id. Throws kDamaged when there is none, one is longer or comes
  // twice, or 'unknown_id' is not below their number. 'falls_back_to_bytes': an unknown part
  // becomes the pieces <0x00> of its bytes, if there are all of them.
  UnigramModel(PieceList<double> pieces, std::optional<std::int32_t> unknown_id,
               bool falls_back_to_bytes);

  // Throws kDamaged for an unknown character when there is no unknown_id.
  void Cut(std::string_view word, std::vector<WordPart>& parts) const override;
  std::string_view Spelling(const WordPart& part, std::string_view word) const override;
  std::optional<std::int32_t> Find(std::string_view piece) const override;
  std::size_t vocabulary_size() const override { return pieces_.size(); }

 private:
  // The best way to a byte of the word.
  struct Step {
    double score = 0;
    std::uint32_t begin = kUnreached;  // of the last piece
    std::int32_t id = 0;
    static constexpr std::uint32_t kUnreached = 0xFFFFFFFF;
  };

  std::vector<Step> FindBestWay(std::string_view word) const;
  void TakeStepsFrom(std::string_view word, std::uint32_t begin, std::vector<Step>& steps) const;
  void AddUnknown(std::string_view word, std::uint32_t begin, std::uint32_t end,
                  std::vector<WordPart>& parts) const;
  bool AddBytes(std::string_view word, std::uint32_t begin, std::uint32_t end,
                std::vector<WordPart>& parts) const;

  PieceList<double> pieces_;
  PieceTrie trie_;
  std::optional<std::int32_t> unknown_id_;
  bool falls_back_to_bytes_;
  double unknown_score_;
};

}  // namespace wordkin::contextual
