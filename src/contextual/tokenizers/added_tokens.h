#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/piece_trie.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// A token that is found in the text as it is written, before any model sees it: "[MASK]".
struct AddedToken {
  std::int32_t id = 0;
  std::string content;
  bool single_word = false;  // only where no character of a word stands beside it
  bool strips_left = false;  // takes the white space before it
  bool strips_right = false;
  bool normalized = false;  // looked for in the normalised text, by its normalised content
};

struct AddedTokenMatch {
  ByteRange range;          // with the white space that it takes
  const AddedToken* token;  // valid while the AddedTokens live
};

// Finds tokens: the leftmost, of those that begin there the longest.
class AddedTokens {
 public:
  static constexpr std::size_t kLongestContent = 1024;

  // spellings[i] is what to look for to find tokens[i]; empty: nothing.
  AddedTokens(std::vector<AddedToken> tokens, const std::vector<std::string>& spellings);
  AddedTokens(const AddedTokens&) = delete;
  AddedTokens& operator=(const AddedTokens&) = delete;

  // In order; they do not overlap.
  std::vector<AddedTokenMatch> FindAll(std::string_view text) const;

 private:
  std::size_t LongestAt(std::string_view text, std::size_t begin, std::int32_t& index) const;

  std::vector<AddedToken> tokens_;
  PieceTrie trie_;
  std::array<bool, 256> begins_token_ = {};
};

}  // namespace wordkin::contextual
