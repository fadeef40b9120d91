#include "contextual/tokenizers/pre_tokenizers.h"

#include <utility>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"

namespace wordkin::contextual {

PreTokenizerSequence::PreTokenizerSequence(
    std::vector<std::unique_ptr<const PreTokenizer>> pre_tokenizers)
    : pre_tokenizers_(std::move(pre_tokenizers)) {}

SplitText PreTokenizerSequence::Split(SplitText text) const {
  for (const auto& each : pre_tokenizers_) text = each->Split(std::move(text));
  return text;
}

SplitText WhitespacePreTokenizer::Split(SplitText text) const {
  std::vector<ByteRange> words;
  for (const ByteRange range : text.words) {
    std::size_t begin = range.begin;
    for (std::size_t position = range.begin; position < range.end;) {
      const DecodedCodePoint decoded = DecodeUtf8(text.text.text().substr(position));
      if (IsWhiteSpace(decoded.code_point)) {
        if (begin < position) words.push_back({begin, position});
        begin = position + decoded.length;
      }
      position += decoded.length;
    }
    if (begin < range.end) words.push_back({begin, range.end});
  }
  text.words = std::move(words);
  return text;
}

bool MetaspacePreTokenizer::GetsPrefix(const SplitText& text, ByteRange word) const {
  if (prefix_place_ == PrefixPlace::kNever) return false;
  const std::string_view rest = text.text.text().substr(word.begin);
  if (rest.starts_with(' ') || rest.starts_with(mark_)) return false;
  if (prefix_place_ == PrefixPlace::kEveryWord) return true;
  return (word.begin == 0 && text.begins_whole) || text.text.SourceAt(word.begin).begin == 0;
}

SplitText MetaspacePreTokenizer::Split(SplitText text) const {
  SplitText split;
  split.begins_whole = text.begins_whole;
  split.text.Reserve(text.text.size() + mark_.size() * text.words.size());
  for (const ByteRange word : text.words) {
    const std::size_t begin = split.text.size();
    if (GetsPrefix(text, word)) split.text.Append(mark_, text.text.SourceAt(word.begin));
    for (std::size_t position = word.begin; position < word.end; ++position) {
      if (text.text.text()[position] == ' ') {
        split.text.Append(mark_, text.text.SourceAt(position));
      } else {
        split.text.AppendByte(text.text.text()[position], text.text.SourceAt(position));
      }
    }
    AddWords(begin, split);
  }
  return split;
}

// The words of what was written from 'begin' on.
void MetaspacePreTokenizer::AddWords(std::size_t begin, SplitText& split) const {
  const std::string_view all = split.text.text();
  while (splits_) {
    const std::size_t next = all.find(mark_, begin + 1);
    if (next == std::string_view::npos) break;
    split.words.push_back({begin, next});
    begin = next;
  }
  if (begin < all.size()) split.words.push_back({begin, all.size()});
}

}  // namespace wordkin::contextual
