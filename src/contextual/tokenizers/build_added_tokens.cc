#include "contextual/tokenizers/build_added_tokens.h"

#include <limits>
#include <string>
#include <unordered_set>

namespace wordkin::contextual {

std::vector<AddedToken> BuildAddedTokens(const JsonField& field) {
  std::vector<AddedToken> tokens;
  if (field.IsNull()) return tokens;
  std::unordered_set<std::int32_t> ids;
  for (const JsonField& element : field.Elements()) {
    element.AllowOnly(
        {"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"});
    AddedToken token;
    token.id = static_cast<std::int32_t>(
        element["id"].Whole(std::numeric_limits<std::int32_t>::max() - 1));
    token.content = element["content"].Text();
    if (token.content.empty()) element["content"].Refuse("is empty");
    if (token.content.size() > AddedTokens::kLongestContent) {
      element["content"].Refuse("is longer than " + std::to_string(AddedTokens::kLongestContent) +
                                " bytes");
    }
    token.single_word = element["single_word"].FlagOr(false);
    token.strips_left = element["lstrip"].FlagOr(false);
    token.strips_right = element["rstrip"].FlagOr(false);
    const bool is_special = element["special"].FlagOr(false);
    token.normalized = element["normalized"].FlagOr(!is_special);
    if (!ids.insert(token.id).second) element["id"].Refuse("is that of another added token too");
    tokens.push_back(std::move(token));
  }
  return tokens;
}

}  // namespace wordkin::contextual
