#include "contextual/tokenizers/bert_normalizer.h"

#include <utility>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"
#include "contextual/tokenizers/decomposer.h"

namespace wordkin::contextual {

// One text on its way.
class BertNormalizer::Run {
 public:
  Run(const BertNormalizerOptions& options, const AlignedText& text)
      : options_(options), text_(text) {
    normalized_.Reserve(text.size());
  }

  AlignedText Take() {
    const std::string_view text = text_.text();
    for (std::size_t position = 0; position < text.size();) {
      if (const char byte = text[position]; static_cast<unsigned char>(byte) < 0x80) {
        TakeAscii(byte, text_.SourceAt(position));
        ++position;
        continue;
      }
      const DecodedCodePoint decoded = DecodeUtf8(text.substr(position));
      TakeCodePoint(decoded.code_point, text_.SourceAt(position));
      position += decoded.length;
    }
    FlushMarks();
    return std::move(normalized_);
  }

 private:
  using Source = AlignedText::Source;

  void TakeAscii(char byte, Source source) {
    if (!decomposer_.empty()) FlushMarks();
    if (options_.clean_text && (byte < ' ' || byte == '\x7F')) {
      if (byte != '\t' && byte != '\n' && byte != '\r') return;
      byte = ' ';
    }
    if (options_.lowercase && byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte | 0x20);
    normalized_.AppendByte(byte, source);
  }

  void TakeCodePoint(char32_t code_point, Source source) {
    if (options_.clean_text) {
      if (code_point == kReplacementCharacter || IsBertControl(code_point)) return;
      if (IsWhiteSpace(code_point)) return TakeAscii(' ', source);
    }
    const bool is_apart = options_.handle_chinese_chars && IsBertHan(code_point);
    if (is_apart) TakeAscii(' ', source);
    if (options_.strip_accents) {
      decomposer_.Take(code_point, source,
                       [this](char32_t each, Source from) { WriteUnlessMark(each, from); });
    } else {
      Write(code_point, source);
    }
    if (is_apart) TakeAscii(' ', source);
  }

  void FlushMarks() {
    decomposer_.Flush([this](char32_t each, Source from) { WriteUnlessMark(each, from); });
  }

  void WriteUnlessMark(char32_t code_point, Source source) {
    if (!IsBertMark(code_point)) Write(code_point, source);
  }

  void Write(char32_t code_point, Source source) {
    if (!options_.lowercase) return normalized_.Append(code_point, source);
    normalized_.Append(LowerCase(code_point), source);
    if (code_point == kCapitalIWithDot) normalized_.Append(kDotAbove, source);
  }

  const BertNormalizerOptions& options_;
  const AlignedText& text_;
  AlignedText normalized_;
  Decomposer decomposer_{Decomposer::Form::kCanonical};
};

BertNormalizer::BertNormalizer(const BertNormalizerOptions& options) : options_(options) {}

AlignedText BertNormalizer::Normalize(const AlignedText& text) const {
  return Run(options_, text).Take();
}

}  // namespace wordkin::contextual
