#include "contextual/tokenizers/unicode_normalizer.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "common/text/utf8.h"
#include "contextual/tokenizers/decomposer.h"

namespace wordkin::contextual {
namespace {

struct Character {
  char32_t code_point;
  AlignedText::Source source;
};

std::vector<Character> DecomposeAll(const AlignedText& text, Decomposer::Form form) {
  std::vector<Character> characters;
  characters.reserve(text.size());
  const auto keep = [&](char32_t code_point, AlignedText::Source source) {
    characters.push_back({code_point, source});
  };
  Decomposer decomposer(form);
  std::string_view rest = text.text();
  while (!rest.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(rest);
    decomposer.Take(decoded.code_point, text.SourceAt(text.size() - rest.size()), keep);
    rest.remove_prefix(decoded.length);
  }
  decomposer.Flush(keep);
  return characters;
}

const utf8proc_property_t& PropertyOf(char32_t code_point) {
  return *utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
}

bool MayComposeWithBefore(char32_t code_point) {
  return PropertyOf(code_point).comb_index != UINT16_MAX ||
         (code_point >= 0x1161 && code_point <= 0x11C2);  // vowels and finals of Hangul
}

// The character that both are the decomposition of, if there is one.
std::optional<char32_t> Compose(char32_t first, char32_t second) {
  if (!MayComposeWithBefore(second)) return std::nullopt;
  std::array<utf8proc_int32_t, 2> pair = {static_cast<utf8proc_int32_t>(first),
                                          static_cast<utf8proc_int32_t>(second)};
  const utf8proc_ssize_t length = utf8proc_normalize_utf32(
      pair.data(), 2, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  if (length != 1) return std::nullopt;
  const auto composed = static_cast<char32_t>(pair[0]);
  return IsUndecomposed(composed) ? std::nullopt : std::optional(composed);
}

// The canonical composition of Unicode 15, section 3.11, in place.
void ComposeAll(std::vector<Character>& characters) {
  std::size_t size = 0;
  std::optional<std::size_t> starter;
  int last_class = 0;
  for (const Character& character : characters) {
    const int combining_class = Decomposer::CombiningClass(character.code_point);
    const bool is_reachable = starter && (*starter + 1 == size || last_class < combining_class);
    if (is_reachable) {
      Character& base = characters[*starter];
      if (const auto composed = Compose(base.code_point, character.code_point)) {
        base.code_point = *composed;
        base.source.end = std::max(base.source.end, character.source.end);
        continue;
      }
    }
    if (combining_class == 0) starter = size;
    last_class = combining_class;
    characters[size++] = character;
  }
  characters.resize(size);
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

AlignedText UnicodeNormalizer::Normalize(const AlignedText& text) const {
  if (IsAscii(text.text())) return text;
  const bool is_compatible = form_ == NormalizationForm::kNfkd || form_ == NormalizationForm::kNfkc;
  std::vector<Character> characters = DecomposeAll(
      text, is_compatible ? Decomposer::Form::kCompatible : Decomposer::Form::kCanonical);
  if (form_ == NormalizationForm::kNfc || form_ == NormalizationForm::kNfkc) {
    ComposeAll(characters);
  }
  AlignedText normalized;
  normalized.Reserve(text.size());
  for (const Character& each : characters) normalized.Append(each.code_point, each.source);
  return normalized;
}

}  // namespace wordkin::contextual
