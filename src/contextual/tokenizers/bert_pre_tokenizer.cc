#include "contextual/tokenizers/bert_pre_tokenizer.h"

#include <array>
#include <utility>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"

namespace wordkin::contextual {
namespace {

enum class Kind : std::uint8_t { kWord, kSpace, kPunctuation };

Kind KindOf(char32_t code_point) {
  if (IsWhiteSpace(code_point)) return Kind::kSpace;
  return IsBertPunctuation(code_point) ? Kind::kPunctuation : Kind::kWord;
}

std::array<Kind, 128> MakeAsciiKinds() {
  std::array<Kind, 128> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] = KindOf(static_cast<char32_t>(i));
  return kinds;
}

void SplitWord(std::string_view text, ByteRange range, std::vector<ByteRange>& words) {
  static const std::array<Kind, 128> kAsciiKinds = MakeAsciiKinds();
  std::size_t begin = range.begin;
  for (std::size_t position = range.begin; position < range.end;) {
    const auto byte = static_cast<unsigned char>(text[position]);
    Kind kind;
    std::size_t length = 1;
    if (byte < 0x80) {
      kind = kAsciiKinds[byte];
    } else {
      const DecodedCodePoint decoded = DecodeUtf8(text.substr(position));
      kind = KindOf(decoded.code_point);
      length = decoded.length;
    }
    if (kind != Kind::kWord) {
      if (begin < position) words.push_back({begin, position});
      if (kind == Kind::kPunctuation) words.push_back({position, position + length});
      begin = position + length;
    }
    position += length;
  }
  if (begin < range.end) words.push_back({begin, range.end});
}

}  // namespace

SplitText BertPreTokenizer::Split(SplitText text) const {
  std::vector<ByteRange> words;
  for (const ByteRange range : text.words) SplitWord(text.text.text(), range, words);
  text.words = std::move(words);
  return text;
}

}  // namespace wordkin::contextual
