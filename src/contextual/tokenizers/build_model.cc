#include "contextual/tokenizers/build_model.h"

#include <limits>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/build_vocabulary.h"
#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/word_piece_model.h"

namespace wordkin::contextual {
namespace {

using Vocabulary = TokenizerJson::Vocabulary;

// Old files name no type: what they have tells.
std::string TypeOf(const JsonField& model, const TokenizerJson& json) {
  if (!model["type"].IsNull()) return model["type"].Text();
  if (json.has_merges) return "BPE";
  if (json.vocabulary == Vocabulary::kScored) return "Unigram";
  if (!model["max_input_chars_per_word"].IsNull()) return "WordPiece";
  model["type"].Refuse("is missing");
}

std::unique_ptr<const PieceModel> BuildWordPiece(const JsonField& model, TokenizerJson& json,
                                                 const std::vector<AddedToken>& added_tokens,
                                                 const std::string& name) {
  model.AllowOnly({"type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"});
  WordPieceOptions options;
  options.unknown_piece = model["unk_token"].TextOr(options.unknown_piece);
  options.continuing_prefix = model["continuing_subword_prefix"].TextOr(options.continuing_prefix);
  if (const JsonField most = model["max_input_chars_per_word"]; !most.IsNull()) {
    options.most_characters =
        static_cast<std::size_t>(most.Whole(std::numeric_limits<std::int64_t>::max()));
  }
  return std::make_unique<WordPieceModel>(PiecesById(std::move(json.pieces), added_tokens, name),
                                          options);
}

}  // namespace

std::unique_ptr<const PieceModel> BuildModel(TokenizerJson& json,
                                             const std::vector<AddedToken>& added_tokens,
                                             const std::string& name) {
  const JsonField model = JsonField(json.document, name)["model"];
  const std::string type = TypeOf(model, json);
  const Vocabulary wanted = type == "Unigram" ? Vocabulary::kScored : Vocabulary::kById;
  if (json.vocabulary != wanted) {
    model["vocab"].Refuse(wanted == Vocabulary::kById
                              ? "is missing, or no object of pieces and ids"
                              : "is missing, or no array of pieces and scores");
  }
  if (type == "WordPiece") return BuildWordPiece(model, json, added_tokens, name);
  model["type"].Refuse("is " + QuoteExcerpt(type) + ", a model that this program does not do");
}

}  // namespace wordkin::contextual
