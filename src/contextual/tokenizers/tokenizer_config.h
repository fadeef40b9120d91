#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/added_tokens.h"
#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/piece_list.h"

namespace wordkin::contextual {

// A folder's tokenizer_config.json, or none: settings for vocabularies that stand alone.
class TokenizerConfig {
 public:
  // Throws kDamaged for what is no JSON object, or names another tokenizer than one of 'classes' or
  // their fast twins.
  TokenizerConfig(const std::string& folder, std::vector<std::string_view> classes);

  TokenizerConfig(const TokenizerConfig&) = delete;
  TokenizerConfig& operator=(const TokenizerConfig&) = delete;

  bool FlagOr(const char* key, bool fallback) const { return field_[key].FlagOr(fallback); }
  JsonField operator[](std::string_view key) const { return field_[key]; }
  // "cls_token": a string, or an object with its "content".
  std::string TokenOr(const char* key, const char* fallback) const;
  // The tokens of those 'keys' that are among 'pieces', and those of "added_tokens_decoder".
  std::vector<AddedToken> AddedTokensOf(
      const PieceList<std::int32_t>& pieces,
      const std::vector<std::pair<const char*, const char*>>& keys) const;

 private:
  std::string name_;
  nlohmann::json document_;
  JsonField field_;
};

}  // namespace wordkin::contextual
