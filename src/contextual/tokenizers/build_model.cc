#include "contextual/tokenizers/build_model.h"

#include <limits>
#include <optional>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/build_pre_tokenizer.h"
#include "contextual/tokenizers/build_vocabulary.h"
#include "contextual/tokenizers/byte_pair_model.h"
#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/unigram_model.h"
#include "contextual/tokenizers/word_piece_model.h"

namespace wordkin::contextual {
namespace {

using Built = std::unique_ptr<const PieceModel>;
using Vocabulary = TokenizerJson::Vocabulary;

// Old files name no type: what they have tells.
std::string TypeOf(const JsonField& model, const TokenizerJson& json) {
  if (!model["type"].IsNull()) return model["type"].Text();
  if (json.has_merges) return "BPE";
  if (json.vocabulary == Vocabulary::kScored) return "Unigram";
  if (!model["max_input_chars_per_word"].IsNull()) return "WordPiece";
  model["type"].Refuse("is missing");
}

Built BuildWordPiece(const JsonField& model, PieceList<std::int32_t> pieces) {
  model.AllowOnly({"type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"});
  WordPieceOptions options;
  options.unknown_piece = model["unk_token"].TextOr(options.unknown_piece);
  options.continuing_prefix = model["continuing_subword_prefix"].TextOr(options.continuing_prefix);
  if (const JsonField most = model["max_input_chars_per_word"]; !most.IsNull()) {
    options.most_characters =
        static_cast<std::size_t>(most.Whole(std::numeric_limits<std::int64_t>::max()));
  }
  return std::make_unique<WordPieceModel>(std::move(pieces), options);
}

// What byte-level models never ask for.
void RefuseUnlessEmpty(const JsonField& field) {
  if (!field.TextOr("").empty()) {
    field.Refuse("is " + QuoteExcerpt(field.Text()) + ", which this program does not do");
  }
}

Built BuildBytePair(const JsonField& model, PieceList<std::int32_t> pieces,
                    const TokenizerJson& json) {
  model.AllowOnly({"type", "dropout", "unk_token", "continuing_subword_prefix",
                   "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges"});
  if (!json.has_merges) model["merges"].Refuse("is missing");
  if (!model["dropout"].IsNull() && !model["dropout"].IsZero()) {
    model["dropout"].Refuse("asks for chance, which this program does not do");
  }
  if (model["byte_fallback"].FlagOr(false)) {
    model["byte_fallback"].Refuse("is true, which this program does not do for BPE");
  }
  RefuseUnlessEmpty(model["continuing_subword_prefix"]);
  RefuseUnlessEmpty(model["end_of_word_suffix"]);
  BytePairOptions options;
  if (!model["unk_token"].IsNull()) options.unknown_piece = model["unk_token"].Text();
  options.fuses_unknown = model["fuse_unk"].FlagOr(false);
  options.ignores_merges = model["ignore_merges"].FlagOr(false);
  return std::make_unique<BytePairModel>(std::move(pieces), json.merges, options);
}

Built BuildUnigram(const JsonField& model, TokenizerJson& json,
                   const std::vector<AddedToken>& added_tokens) {
  model.AllowOnly({"type", "unk_id", "byte_fallback"});
  std::optional<std::int32_t> unknown_id;
  if (const JsonField id = model["unk_id"]; !id.IsNull()) {
    unknown_id = static_cast<std::int32_t>(id.Whole(std::numeric_limits<std::int32_t>::max()));
  }
  CheckAddedTokens(json.scored_pieces, added_tokens);
  return std::make_unique<UnigramModel>(std::move(json.scored_pieces), unknown_id,
                                        model["byte_fallback"].FlagOr(false));
}

Built BuildOfType(const std::string& type, const JsonField& model, TokenizerJson& json,
                  const std::vector<AddedToken>& added_tokens) {
  if (type == "Unigram") return BuildUnigram(model, json, added_tokens);
  PieceList<std::int32_t> pieces = PiecesById(std::move(json.pieces), added_tokens);
  if (type == "WordPiece") return BuildWordPiece(model, std::move(pieces));
  return BuildBytePair(model, std::move(pieces), json);
}

}  // namespace

std::unique_ptr<const PieceModel> BuildModel(TokenizerJson& json,
                                             const std::vector<AddedToken>& added_tokens,
                                             const std::string& name) {
  const JsonField document(json.document, name);
  const JsonField model = document["model"];
  const std::string type = TypeOf(model, json);
  if (type != "WordPiece" && type != "BPE" && type != "Unigram") {
    model["type"].Refuse("is " + QuoteExcerpt(type) + ", a model that this program does not do");
  }
  const Vocabulary wanted = type == "Unigram" ? Vocabulary::kScored : Vocabulary::kById;
  if (json.vocabulary != wanted) {
    model["vocab"].Refuse(wanted == Vocabulary::kById
                              ? "is missing, or no object of pieces and ids"
                              : "is missing, or no array of pieces and scores");
  }
  if (type == "BPE" && !IsByteLevel(document["pre_tokenizer"])) {
    document["pre_tokenizer"].Refuse(
        "does not include ByteLevel: this program does byte-level BPE only");
  }
  try {
    return BuildOfType(type, model, json, added_tokens);
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(name)) throw;
    model.Refuse(std::string("is refused: ") + error.what());
  }
}

}  // namespace wordkin::contextual
