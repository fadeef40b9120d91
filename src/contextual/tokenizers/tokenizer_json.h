#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "contextual/tokenizers/piece_list.h"

namespace wordkin::contextual {

// A tokenizer.json, read once from front to back: what is long is kept out of the document.
struct TokenizerJson {
  enum class Vocabulary { kNone, kById, kScored };

  nlohmann::json document;  // without model.vocab and model.merges
  Vocabulary vocabulary = Vocabulary::kNone;
  PieceList<std::int32_t> pieces;   // {"piece": id}
  PieceList<double> scored_pieces;  // [["piece", score]]
  bool has_merges = false;
  PieceList<std::uint32_t> merges;  // ["a b"] or [["a", "b"]]: "ab" and the bytes of "a"
};

// 'name' is how messages call the file. Throws kDamaged for what is no JSON, for what JsonGuard
// refuses (json_guard.h), for a text of 4 GiB or a document of more than kLargestJson
// (parse_json.h), and for another type where a vocabulary or a merge is due.
TokenizerJson ParseTokenizerJson(std::string_view text, const std::string& name);

// A vocab.json: {"piece": id}. Throws as above.
PieceList<std::int32_t> ParsePiecesJson(std::string_view text, const std::string& name);

}  // namespace wordkin::contextual
