#include "contextual/tokenizers/tokenizer_config.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/tokenizer_json.h"

namespace wordkin::contextual {
namespace {

nlohmann::json ReadDocument(const std::string& path, const std::string& name) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return nlohmann::json::object();
  const MappedFile file(path);
  return ParseTokenizerJson(file.text(), name).document;
}

AddedToken ReadAdded(const JsonField& field, std::int32_t id) {
  AddedToken token;
  token.id = id;
  token.content = field["content"].Text();
  token.single_word = field["single_word"].FlagOr(false);
  token.strips_left = field["lstrip"].FlagOr(false);
  token.strips_right = field["rstrip"].FlagOr(false);
  token.normalized = field["normalized"].FlagOr(false);
  if (token.content.empty() || token.content.size() > AddedTokens::kLongestContent) {
    field["content"].Refuse("is empty or longer than any token");
  }
  return token;
}

// By looking at all: for a handful of tokens quicker than to make an index.
std::optional<std::int32_t> IdOf(const PieceList<std::int32_t>& pieces, std::string_view piece) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces.Piece(i) == piece) return pieces.ValueAt(i);
  }
  return std::nullopt;
}

}  // namespace

TokenizerConfig::TokenizerConfig(const std::string& folder, std::vector<std::string_view> classes)
    : name_("'" + folder + "/tokenizer_config.json'"),
      document_(ReadDocument(folder + "/tokenizer_config.json", name_)),
      field_(document_, name_) {
  std::string name = field_["tokenizer_class"].TextOr(classes.front());
  if (name.ends_with("Fast")) name.resize(name.size() - 4);
  if (std::ranges::find(classes, name) != classes.end()) return;
  field_["tokenizer_class"].Refuse("is " + QuoteExcerpt(name) +
                                   ", which needs a tokenizer.json to be read here");
}

std::string TokenizerConfig::TokenOr(const char* key, const char* fallback) const {
  const JsonField field = field_[key];
  return field.IsObject() ? field["content"].Text() : field.TextOr(fallback);
}

std::vector<AddedToken> TokenizerConfig::AddedTokensOf(
    const PieceList<std::int32_t>& pieces,
    const std::vector<std::pair<const char*, const char*>>& keys) const {
  std::vector<AddedToken> tokens;
  if (const JsonField decoder = field_["added_tokens_decoder"]; !decoder.IsNull()) {
    for (const auto& [id, field] : decoder.Members()) {
      constexpr std::size_t kMostDigits = 9;
      // "01" would be "1" a second time.
      if (id.empty() || id.size() > kMostDigits || (id.size() > 1 && id.front() == '0') ||
          id.find_first_not_of("0123456789") != std::string::npos) {
        field.Refuse("is named by no id");
      }
      tokens.push_back(ReadAdded(field, std::stoi(id)));
    }
  }
  for (const auto& [key, fallback] : keys) {
    const std::string content = TokenOr(key, fallback);
    const bool is_known = std::ranges::find(tokens, content, &AddedToken::content) != tokens.end();
    const std::optional<std::int32_t> id = IdOf(pieces, content);
    if (is_known || !id) continue;
    AddedToken token;
    if (const JsonField field = field_[key]; field.IsObject()) token = ReadAdded(field, 0);
    token.id = *id;
    token.content = content;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

}  // namespace wordkin::contextual
