#include "common/text/word_characters.h"

#include <utf8proc.h>

#include <array>
#include <cstddef>
#include <vector>

#include "common/text/utf8.h"

namespace wordkin {
namespace {

constexpr std::size_t kPlaneSize = 0x10000;
constexpr auto kFoldAndCompose =
    static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);

CharacterKind Classify(char32_t code_point) {
  switch (code_point) {
    case U'\'':
    case U'\u2019':
      return CharacterKind::kApostrophe;
    case U'\u200C':
    case U'\u200D':
    case kSoftHyphen:
      return CharacterKind::kJoiner;
    default:
      break;
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category == UTF8PROC_CATEGORY_CN) return CharacterKind::kSeparator;
  if (category <= UTF8PROC_CATEGORY_LO) return CharacterKind::kLetter;
  if (category <= UTF8PROC_CATEGORY_ME) return CharacterKind::kMark;
  if (category <= UTF8PROC_CATEGORY_NO) return CharacterKind::kNumber;
  return CharacterKind::kSeparator;
}

// Marks and the letters of Hangul that are not whole syllables may merge with what stands before
// them; nothing else of this plane does (the property NFC_Quick_Check = Maybe).
bool MayComposeBackwards(char32_t code_point, CharacterKind kind) {
  if (kind == CharacterKind::kMark) {
    const auto* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
    return property->combining_class != 0 || property->comb_index != UINT16_MAX;
  }
  return code_point >= 0x1100 && code_point <= 0x11FF;
}

char32_t FoldAlone(char32_t code_point, CharacterKind kind) {
  if (kind == CharacterKind::kSeparator || code_point == kSoftHyphen ||
      MayComposeBackwards(code_point, kind)) {
    return 0;
  }
  if (kind == CharacterKind::kApostrophe) return U'\'';
  std::array<utf8proc_int32_t, 32> folded;
  int last_boundary_class = 0;
  utf8proc_ssize_t length = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(code_point), folded.data(),
      static_cast<utf8proc_ssize_t>(folded.size()), kFoldAndCompose, &last_boundary_class);
  if (length < 1 || static_cast<std::size_t>(length) > folded.size()) return 0;
  length = utf8proc_normalize_utf32(folded.data(), length, kFoldAndCompose);
  if (length != 1 || static_cast<std::size_t>(folded[0]) >= kPlaneSize) return 0;
  return static_cast<char32_t>(folded[0]);
}

struct PlaneTable {
  PlaneTable() : kinds(kPlaneSize), foldings(kPlaneSize) {
    for (std::size_t i = 0; i < kPlaneSize; ++i) {
      const auto code_point = static_cast<char32_t>(i);
      kinds[i] = Classify(code_point);
      foldings[i] = static_cast<char16_t>(FoldAlone(code_point, kinds[i]));
    }
  }
  std::vector<CharacterKind> kinds;
  std::vector<char16_t> foldings;
};

const PlaneTable& BasicPlane() {
  static const PlaneTable table;
  return table;
}

}  // namespace

CharacterKind KindOfCharacter(char32_t code_point) {
  return code_point < kPlaneSize ? BasicPlane().kinds[code_point] : Classify(code_point);
}

char32_t SimpleFolding(char32_t code_point) {
  return code_point < kPlaneSize ? BasicPlane().foldings[code_point] : 0;
}

void AppendFolded(std::string_view word, std::string& text) {
  // Scratch kept from word to word.
  thread_local std::string written;
  thread_local std::vector<utf8proc_int32_t> folded(64);
  written.clear();
  while (!word.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(word);
    word.remove_prefix(decoded.length);
    if (decoded.code_point == kSoftHyphen) continue;
    const bool is_apostrophe = Classify(decoded.code_point) == CharacterKind::kApostrophe;
    AppendUtf8(is_apostrophe ? U'\'' : decoded.code_point, written);
  }
  const auto decompose = [&] {
    return utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(written.data()),
                              static_cast<utf8proc_ssize_t>(written.size()), folded.data(),
                              static_cast<utf8proc_ssize_t>(folded.size()), kFoldAndCompose);
  };
  utf8proc_ssize_t length = decompose();
  if (length > static_cast<utf8proc_ssize_t>(folded.size())) {
    folded.resize(static_cast<std::size_t>(length));
    length = decompose();
  }
  length = utf8proc_normalize_utf32(folded.data(), length, kFoldAndCompose);
  for (utf8proc_ssize_t i = 0; i < length; ++i) {
    AppendUtf8(static_cast<char32_t>(folded[static_cast<std::size_t>(i)]), text);
  }
}

}  // namespace wordkin
