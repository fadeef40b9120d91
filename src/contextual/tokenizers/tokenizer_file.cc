#include "contextual/tokenizers/tokenizer_file.h"

#include <cerrno>
#include <filesystem>
#include <utility>

#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "contextual/tokenizers/build_added_tokens.h"
#include "contextual/tokenizers/build_model.h"
#include "contextual/tokenizers/build_normalizer.h"
#include "contextual/tokenizers/build_post_processing.h"
#include "contextual/tokenizers/build_pre_tokenizer.h"
#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/named_errors.h"
#include "contextual/tokenizers/piece_tokenizer.h"
#include "contextual/tokenizers/tokenizer_json.h"
#include "contextual/tokenizers/vocabulary_files.h"

namespace wordkin::contextual {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::unique_ptr<const Tokenizer> ParseTokenizer(std::string_view text, const std::string& name) {
  TokenizerJson json = ParseTokenizerJson(text, name);
  const JsonField document(json.document, name);
  document.AllowOnly({"version", "truncation", "padding", "added_tokens", "normalizer",
                      "pre_tokenizer", "post_processor", "decoder", "model"});
  PieceTokenizerParts parts;
  parts.added_tokens = BuildAddedTokens(document["added_tokens"]);
  parts.normalizer = BuildNormalizer(document["normalizer"]);
  parts.pre_tokenizer = BuildPreTokenizer(document["pre_tokenizer"]);
  parts.model = BuildModel(json, parts.added_tokens, name);
  parts.post_processing = BuildPostProcessing(document["post_processor"], parts.vocabulary_size());
  return Named(name, [&] { return std::make_unique<PieceTokenizer>(std::move(parts)); });
}

std::unique_ptr<const Tokenizer> ReadTokenizer(const std::string& folder) {
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) {
    throw SystemError("cannot read a tokenizer from '" + folder + "'",
                      failure ? failure.value() : ENOTDIR);
  }
  const auto has = [&](const char* file) { return fs::exists(fs::path(folder) / file, failure); };
  if (has("tokenizer.json")) {
    const std::string path = folder + "/tokenizer.json";
    const MappedFile file(path);
    return ParseTokenizer(file.text(), "'" + path + "'");
  }
  if (has("vocab.txt")) return ReadBertTokenizer(folder);
  if (has("vocab.json")) return ReadByteLevelTokenizer(folder);
  throw Error(ErrorKind::kInputOutput, "cannot read a tokenizer from '" + folder +
                                           "': it has no tokenizer.json, vocab.txt or vocab.json");
}

}  // namespace wordkin::contextual
