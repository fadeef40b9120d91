#include "contextual/tokenizers/text_normalizers.h"

#include <utf8proc.h>

#include <utility>

#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"

namespace wordkin::contextual {
namespace {

// Calls visit(code_point, begin, end) for each character.
template <typename Visitor>
void ForEachCharacter(std::string_view text, const Visitor& visit) {
  for (std::size_t position = 0; position < text.size();) {
    const DecodedCodePoint decoded = DecodeUtf8(text.substr(position));
    visit(decoded.code_point, position, position + decoded.length);
    position += decoded.length;
  }
}

bool IsMark(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

}  // namespace

NormalizerSequence::NormalizerSequence(std::vector<std::unique_ptr<const Normalizer>> normalizers)
    : normalizers_(std::move(normalizers)) {}

AlignedText NormalizerSequence::Normalize(const AlignedText& text) const {
  if (normalizers_.empty()) return text;
  AlignedText normalized = normalizers_.front()->Normalize(text);
  for (std::size_t i = 1; i < normalizers_.size(); ++i) {
    normalized = normalizers_[i]->Normalize(normalized);
  }
  return normalized;
}

AlignedText LowercaseNormalizer::Normalize(const AlignedText& text) const {
  AlignedText normalized;
  normalized.Reserve(text.size());
  ForEachCharacter(text.text(), [&](char32_t code_point, std::size_t begin, std::size_t) {
    normalized.Append(LowerCase(code_point), text.SourceAt(begin));
    if (code_point == kCapitalIWithDot) normalized.Append(kDotAbove, text.SourceAt(begin));
  });
  return normalized;
}

AlignedText StripAccentsNormalizer::Normalize(const AlignedText& text) const {
  AlignedText normalized;
  normalized.Reserve(text.size());
  ForEachCharacter(text.text(), [&](char32_t code_point, std::size_t begin, std::size_t end) {
    if (!IsMark(code_point)) normalized.Append(text, begin, end);
  });
  return normalized;
}

AlignedText StripNormalizer::Normalize(const AlignedText& text) const {
  std::size_t first = text.size();
  std::size_t last = 0;
  ForEachCharacter(text.text(), [&](char32_t code_point, std::size_t begin, std::size_t end) {
    if (IsWhiteSpace(code_point)) return;
    first = std::min(first, begin);
    last = end;
  });
  AlignedText stripped;
  const std::size_t begin = strips_left_ ? first : 0;
  const std::size_t end = strips_right_ ? last : text.size();
  if (begin < end) stripped.Append(text, begin, end);
  return stripped;
}

AlignedText PrependNormalizer::Normalize(const AlignedText& text) const {
  AlignedText normalized;
  if (text.empty()) return normalized;
  normalized.Reserve(prefix_.size() + text.size());
  normalized.Append(prefix_, text.SourceAt(0));
  normalized.Append(text, 0, text.size());
  return normalized;
}

std::size_t ReplaceNormalizer::EndOfMatch(std::string_view text, std::size_t begin) const {
  std::size_t end = begin + pattern_.size();
  if (minimum_count_ == 0) return end;
  while (text.substr(end).starts_with(pattern_)) end += pattern_.size();
  return end;
}

AlignedText ReplaceNormalizer::Normalize(const AlignedText& text) const {
  AlignedText normalized;
  normalized.Reserve(text.size());
  const std::string_view all = text.text();
  std::size_t kept = 0;  // what is before is written
  for (std::size_t begin = all.find(pattern_); begin != std::string_view::npos;) {
    const std::size_t end = EndOfMatch(all, begin);
    if (end - begin >= minimum_count_ * pattern_.size()) {
      normalized.Append(text, kept, begin);
      normalized.Append(replacement_, text.SourceAt(end - 1));
      kept = end;
    }
    begin = all.find(pattern_, end);
  }
  normalized.Append(text, kept, all.size());
  return normalized;
}

}  // namespace wordkin::contextual
