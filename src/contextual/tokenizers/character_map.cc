#include "contextual/tokenizers/character_map.h"

#include <utf8proc.h>

#include "common/support/error.h"
#include "common/text/utf8.h"

namespace wordkin::contextual {
namespace {

// A unit of the double array: bits 0-7 and 31 the label, bit 8 "a rule ends here", bit 9 whether
// the offset in bits 10-30 counts in steps of 256. The unit of a rule is its value, in bits 0-30.
constexpr std::uint32_t LabelOf(std::uint32_t unit) { return unit & 0x800000FF; }
constexpr bool EndsRule(std::uint32_t unit) { return (unit >> 8 & 1) != 0; }
constexpr std::uint32_t OffsetOf(std::uint32_t unit) {
  return (unit >> 10) << ((unit & (1u << 9)) >> 6);
}
constexpr std::uint32_t ValueOf(std::uint32_t unit) { return unit & 0x7FFFFFFF; }

std::uint32_t ReadLittleEndian(std::string_view bytes, std::size_t position) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[position + i]);
  }
  return value;
}

[[noreturn]] void Refuse(const std::string& name, const std::string& reason) {
  throw Error(ErrorKind::kDamaged, name + " is damaged: " + reason);
}

bool EndsGrapheme(char32_t before, char32_t after, utf8proc_int32_t& state) {
  return utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                          static_cast<utf8proc_int32_t>(after), &state);
}

}  // namespace

CharacterMap::CharacterMap(std::string_view bytes, const std::string& name) {
  if (bytes.size() < 4) Refuse(name, "it ends within its first number");
  const std::size_t trie_bytes = ReadLittleEndian(bytes, 0);
  bytes.remove_prefix(4);
  if (trie_bytes > bytes.size()) {
    Refuse(name, "its trie is said to have " + std::to_string(trie_bytes) + " bytes, but only " +
                     std::to_string(bytes.size()) + " follow");
  }
  if (trie_bytes == 0 || trie_bytes % 4 != 0) Refuse(name, "its trie has no whole units");
  for (std::size_t position = 0; position < trie_bytes; position += 4) {
    units_.push_back(ReadLittleEndian(bytes, position));
  }
  replacements_ = bytes.substr(trie_bytes);
  if (!IsValidUtf8(replacements_)) Refuse(name, "its replacements are no UTF-8");
  Check(name);
}

// Walks to whatever can be reached. Bytes lead within a block of 256 units.
void CharacterMap::Check(const std::string& name) const {
  std::vector<bool> is_seen(units_.size());
  std::vector<std::size_t> bases = {OffsetOf(units_[0])};
  while (!bases.empty()) {
    const std::size_t base = bases.back();
    bases.pop_back();
    if (base >= units_.size()) Refuse(name, "its trie leads out of itself");
    if (is_seen[base]) continue;
    is_seen[base] = true;
    for (std::uint32_t label = 1; label < 256; ++label) {
      const std::size_t child = base ^ label;
      // A label may lead out of the array: then it leads nowhere, as Replacement() has it.
      if (child >= units_.size() || LabelOf(units_[child]) != label) continue;
      const std::size_t next = child ^ OffsetOf(units_[child]);
      if (EndsRule(units_[child])) CheckLeaf(next, name);
      bases.push_back(next);
    }
  }
}

void CharacterMap::CheckLeaf(std::size_t unit, const std::string& name) const {
  if (unit >= units_.size()) Refuse(name, "its trie leads out of itself");
  const std::size_t begin = ValueOf(units_[unit]);
  if (begin >= replacements_.size()) Refuse(name, "a rule's replacement lies outside");
  if ((static_cast<unsigned char>(replacements_[begin]) & 0xC0) == 0x80) {
    Refuse(name, "a rule's replacement begins within a character");
  }
}

std::optional<std::string_view> CharacterMap::Replacement(std::string_view text) const {
  std::size_t node = OffsetOf(units_[0]);
  for (const char byte : text) {
    const std::uint32_t label = static_cast<unsigned char>(byte);
    if (label == 0) return std::nullopt;
    node ^= label;
    if (node >= units_.size() || LabelOf(units_[node]) != label) return std::nullopt;
    const std::uint32_t unit = units_[node];
    node ^= OffsetOf(unit);
    if (!EndsRule(unit)) continue;
    const std::string_view rest = std::string_view(replacements_).substr(ValueOf(units_[node]));
    return rest.substr(0, rest.find('\0'));
  }
  return std::nullopt;
}

AlignedText CharacterMap::Normalize(const AlignedText& text) const {
  AlignedText normalized;
  normalized.Reserve(text.size());
  const std::string_view all = text.text();
  std::size_t begin = 0;  // of the grapheme
  utf8proc_int32_t state = 0;
  char32_t before = 0;
  for (std::size_t position = 0; position < all.size();) {
    const DecodedCodePoint decoded = DecodeUtf8(all.substr(position));
    if (position > 0 && EndsGrapheme(before, decoded.code_point, state)) {
      TakeGrapheme(text, begin, position, normalized);
      begin = position;
    }
    before = decoded.code_point;
    position += decoded.length;
  }
  TakeGrapheme(text, begin, all.size(), normalized);
  return normalized;
}

void CharacterMap::TakeGrapheme(const AlignedText& text, std::size_t begin, std::size_t end,
                                AlignedText& normalized) const {
  constexpr std::size_t kLongestGrapheme = 5;
  const std::string_view all = text.text();
  const auto take = [&](std::size_t first, std::size_t last) {
    const auto replacement = Replacement(all.substr(first, last - first));
    if (!replacement) return false;
    normalized.Append(*replacement, {text.SourceAt(first).begin, text.SourceAt(last - 1).end});
    return true;
  };
  if (begin == end || (end - begin <= kLongestGrapheme && take(begin, end))) return;
  while (begin < end) {
    const std::size_t next = begin + DecodeUtf8(all.substr(begin)).length;
    if (!take(begin, next)) normalized.Append(text, begin, next);
    begin = next;
  }
}

}  // namespace wordkin::contextual
