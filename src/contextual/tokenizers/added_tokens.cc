#include "contextual/tokenizers/added_tokens.h"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"

namespace wordkin::contextual {
namespace {

// What \w stands for in Unicode's regular expressions: letters, marks, digits, connectors.
bool IsWordCharacter(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      break;
  }
  const bool joins = code_point == 0x200C || code_point == 0x200D;
  const bool is_circled_letter = (code_point >= 0x24B6 && code_point <= 0x24E9) ||
                                 (code_point >= 0x1F130 && code_point <= 0x1F149) ||
                                 (code_point >= 0x1F150 && code_point <= 0x1F169) ||
                                 (code_point >= 0x1F170 && code_point <= 0x1F189);
  return joins || is_circled_letter;
}

// Where the character begins that ends at 'end'.
std::size_t BeginOfCharacterBefore(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  return DecodeUtf8(text.substr(begin, end - begin)).length == end - begin ? begin : end - 1;
}

bool IsWordBefore(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const std::size_t begin = BeginOfCharacterBefore(text, end);
  return IsWordCharacter(DecodeUtf8(text.substr(begin, end - begin)).code_point);
}

bool IsWordAt(std::string_view text, std::size_t begin) {
  return begin < text.size() && IsWordCharacter(DecodeUtf8(text.substr(begin)).code_point);
}

std::size_t BeginOfWhiteSpaceBefore(std::string_view text, std::size_t end, std::size_t limit) {
  while (end > limit) {
    const std::size_t begin = BeginOfCharacterBefore(text, end);
    if (!IsWhiteSpace(DecodeUtf8(text.substr(begin, end - begin)).code_point)) break;
    end = begin;
  }
  return std::max(end, limit);
}

std::size_t EndOfWhiteSpaceAt(std::string_view text, std::size_t begin) {
  while (begin < text.size()) {
    const DecodedCodePoint decoded = DecodeUtf8(text.substr(begin));
    if (!IsWhiteSpace(decoded.code_point)) break;
    begin += decoded.length;
  }
  return begin;
}

std::vector<PieceTrie::Entry> EntriesOf(const std::vector<std::string>& spellings) {
  std::vector<PieceTrie::Entry> entries;
  for (std::size_t i = 0; i < spellings.size(); ++i) {
    if (!spellings[i].empty()) entries.push_back({spellings[i], static_cast<std::int32_t>(i)});
  }
  return entries;
}

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, const std::vector<std::string>& spellings)
    : tokens_(std::move(tokens)), trie_(EntriesOf(spellings)) {
  for (const std::string& spelling : spellings) {
    if (!spelling.empty()) begins_token_[static_cast<unsigned char>(spelling[0])] = true;
  }
}

std::size_t AddedTokens::LongestAt(std::string_view text, std::size_t begin,
                                   std::int32_t& index) const {
  std::size_t longest_end = begin;
  PieceTrie::Node node = PieceTrie::kRoot;
  for (std::size_t position = begin; position < text.size();) {
    node = trie_.Child(node, text[position]);
    if (node == PieceTrie::kNowhere) break;
    ++position;
    if (trie_.IdAt(node) == PieceTrie::kNoPiece) continue;
    index = trie_.IdAt(node);
    longest_end = position;
  }
  return longest_end;
}

std::vector<AddedTokenMatch> AddedTokens::FindAll(std::string_view text) const {
  std::vector<AddedTokenMatch> matches;
  if (trie_.empty()) return matches;
  std::size_t last_end = 0;
  for (std::size_t position = 0; position < text.size();) {
    std::int32_t index = 0;
    const std::size_t end = begins_token_[static_cast<unsigned char>(text[position])]
                                ? LongestAt(text, position, index)
                                : position;
    if (end == position) {
      ++position;
      continue;
    }
    const AddedToken& token = tokens_[static_cast<std::size_t>(index)];
    ByteRange range{position, end};
    position = end;
    if (token.single_word && (IsWordBefore(text, range.begin) || IsWordAt(text, range.end))) {
      continue;
    }
    if (token.strips_left) range.begin = BeginOfWhiteSpaceBefore(text, range.begin, last_end);
    if (token.strips_right) range.end = EndOfWhiteSpaceAt(text, range.end);
    matches.push_back({range, &token});
    position = last_end = range.end;
  }
  return matches;
}

}  // namespace wordkin::contextual
