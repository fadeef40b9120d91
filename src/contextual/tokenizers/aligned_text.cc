#include "contextual/tokenizers/aligned_text.h"

#include "common/support/error.h"
#include "common/text/utf8.h"

namespace wordkin::contextual {

AlignedText::AlignedText(std::string_view original, std::size_t begin, std::size_t end) {
  Reserve(end - begin);
  for (std::size_t position = begin; position < end;) {
    const auto at = static_cast<std::uint32_t>(position);
    const char byte = original[position];
    if (static_cast<unsigned char>(byte) < 0x80) {
      AppendByte(byte, {at, at + 1});
      ++position;
      continue;
    }
    const DecodedCodePoint decoded = DecodeUtf8(original.substr(position, end - position));
    const Source source{at, at + static_cast<std::uint32_t>(decoded.length)};
    if (decoded.valid) {
      Append(original.substr(position, decoded.length), source);
    } else {
      Append(kReplacementCharacter, source);
    }
    position += decoded.length;
  }
}

void AlignedText::Reserve(std::size_t size) {
  text_.reserve(size);
  sources_.reserve(size);
}

void AlignedText::Append(char32_t code_point, Source source) {
  AppendUtf8(code_point, text_);
  sources_.resize(text_.size(), source);
}

void AlignedText::Append(std::string_view characters, Source source) {
  RequireRoom(characters.size(), source);
  text_.append(characters);
  sources_.resize(text_.size(), source);
}

void AlignedText::Append(const AlignedText& other, std::size_t begin, std::size_t end) {
  if (begin == end) return;
  RequireRoom(end - begin, {other.sources_[begin].begin, other.sources_[end - 1].end});
  text_.append(other.text_, begin, end - begin);
  const auto from = other.sources_.begin();
  sources_.insert(sources_.end(), from + static_cast<std::ptrdiff_t>(begin),
                  from + static_cast<std::ptrdiff_t>(end));
}

void AlignedText::RefuseGrowth() {
  throw Error(ErrorKind::kDamaged,
              "the tokenizer puts so much text for little that it is more than " +
                  std::to_string(kMostGrowth) + " times as long");
}

}  // namespace wordkin::contextual
