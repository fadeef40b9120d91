#include "contextual/tokenizers/byte_level_pre_tokenizer.h"

#include <utf8proc.h>

#include <array>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"
#include "contextual/tokenizers/byte_characters.h"
#include "contextual/tokenizers/code_point_ranges.h"

namespace wordkin::contextual {
namespace {

using Range = CodePointRange;

constexpr Range kLettersSinceUnicode15[] = {
    {0x1C89, 0x1C8A},   {0xA7CB, 0xA7CD},   {0xA7DA, 0xA7DC},   {0x105C0, 0x105F3},
    {0x10D4A, 0x10D65}, {0x10D6F, 0x10D85}, {0x10EC2, 0x10EC4}, {0x11380, 0x11389},
    {0x1138B, 0x1138B}, {0x1138E, 0x1138E}, {0x11390, 0x113B5}, {0x113B7, 0x113B7},
    {0x113D1, 0x113D1}, {0x113D3, 0x113D3}, {0x11BC0, 0x11BE0}, {0x13460, 0x143FA},
    {0x16100, 0x1611D}, {0x16D40, 0x16D6C}, {0x18CFF, 0x18CFF}, {0x1E5D0, 0x1E5ED},
    {0x1E5F0, 0x1E5F0}, {0x2EBF0, 0x2EE5D},
};

constexpr Range kNumbersSinceUnicode15[] = {
    {0x10D40, 0x10D49}, {0x116D0, 0x116E3}, {0x11BF0, 0x11BF9}, {0x16130, 0x16139},
    {0x16D70, 0x16D79}, {0x1CCF0, 0x1CCF9}, {0x1E5F1, 0x1E5FA},
};

enum class Kind : std::uint8_t { kLetter, kNumber, kSpace, kOther };

Kind Classify(char32_t code_point) {
  if (IsWhiteSpace(code_point)) return Kind::kSpace;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) return Kind::kLetter;
  if (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) return Kind::kNumber;
  if (category != UTF8PROC_CATEGORY_CN) return Kind::kOther;
  if (Contains(kLettersSinceUnicode15, code_point)) return Kind::kLetter;
  return Contains(kNumbersSinceUnicode15, code_point) ? Kind::kNumber : Kind::kOther;
}

struct Character {
  Kind kind;
  std::size_t length;
};

std::array<Kind, 128> MakeAsciiKinds() {
  std::array<Kind, 128> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] = Classify(static_cast<char32_t>(i));
  return kinds;
}

Character CharacterAt(std::string_view text, std::size_t position) {
  static const std::array<Kind, 128> kAsciiKinds = MakeAsciiKinds();
  const auto byte = static_cast<unsigned char>(text[position]);
  if (byte < 0x80) return {kAsciiKinds[byte], 1};
  const DecodedCodePoint decoded = DecodeUtf8(text.substr(position));
  return {Classify(decoded.code_point), decoded.length};
}

std::size_t EndOfRun(std::string_view text, std::size_t position, Kind kind) {
  while (position < text.size()) {
    const Character character = CharacterAt(text, position);
    if (character.kind != kind) break;
    position += character.length;
  }
  return position;
}

// The last blank of a run belongs to the word behind it.
std::size_t EndOfSpaces(std::string_view text, std::size_t begin) {
  std::size_t last = begin;
  std::size_t end = begin;
  while (end < text.size()) {
    const Character character = CharacterAt(text, end);
    if (character.kind != Kind::kSpace) return last > begin ? last : end;
    last = end;
    end += character.length;
  }
  return end;
}

}  // namespace

std::size_t EndOfGpt2Word(std::string_view text, std::size_t begin) {
  if (text[begin] == '\'') {
    constexpr std::string_view kEndings[] = {"s", "t", "re", "ve", "m", "ll", "d"};
    for (const std::string_view ending : kEndings) {
      if (text.substr(begin + 1).starts_with(ending)) return begin + 1 + ending.size();
    }
  }
  const std::size_t word = text[begin] == ' ' && begin + 1 < text.size() ? begin + 1 : begin;
  const Kind kind = CharacterAt(text, word).kind;
  return kind == Kind::kSpace ? EndOfSpaces(text, begin) : EndOfRun(text, word, kind);
}

SplitText ByteLevelPreTokenizer::Split(SplitText text) const {
  SplitText split;
  split.begins_whole = text.begins_whole;
  split.text.Reserve(text.text.size() + text.text.size() / 4);
  AlignedText prefixed;
  for (ByteRange range : text.words) {
    const AlignedText* source = &text.text;
    if (adds_prefix_space_ && source->text()[range.begin] != ' ') {
      prefixed = AlignedText();
      prefixed.AppendByte(' ', source->SourceAt(range.begin));
      prefixed.Append(*source, range.begin, range.end);
      source = &prefixed;
      range = {0, prefixed.size()};
    }
    const std::string_view all = source->text().substr(0, range.end);
    for (std::size_t begin = range.begin; begin < range.end;) {
      const std::size_t end = splits_ ? EndOfGpt2Word(all, begin) : range.end;
      const std::size_t written = split.text.size();
      for (; begin < end; ++begin) {
        const std::string& character = ByteCharacters()[static_cast<unsigned char>(all[begin])];
        split.text.Append(character, source->SourceAt(begin));
      }
      split.words.push_back({written, split.text.size()});
    }
  }
  return split;
}

}  // namespace wordkin::contextual
