#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wordkin::contextual {

// A tokenizer.json, read once from front to back: what is long is kept out of the document.
struct TokenizerJson {
  enum class Vocabulary { kNone, kById, kScored };

  nlohmann::json document;  // without model.vocab and model.merges
  Vocabulary vocabulary = Vocabulary::kNone;
  std::vector<std::pair<std::string, std::int64_t>> pieces;   // {"piece": id}
  std::vector<std::pair<std::string, double>> scored_pieces;  // [["piece", score]]
  bool has_merges = false;
  std::vector<std::pair<std::string, std::string>> merges;  // ["a b"] or [["a", "b"]]
};

// 'name' is how messages call the file. Throws kDamaged for what is no JSON, nests deeper than 64
// levels, or has another type where a vocabulary or a merge is due.
TokenizerJson ParseTokenizerJson(std::string_view text, const std::string& name);

// A vocab.json: {"piece": id}. Throws as above.
std::vector<std::pair<std::string, std::int64_t>> ParsePiecesJson(std::string_view text,
                                                                  const std::string& name);

}  // namespace wordkin::contextual
