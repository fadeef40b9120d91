#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

// SentencePiece's "precompiled character map": a double-array trie of what is replaced, and the
// replacements, each ended by NUL. A grapheme of up to five bytes is replaced as a whole by what
// the shortest rule at its front says, else each character by itself, as the reference
// implementation does it.
class CharacterMap : public Normalizer {
 public:
  // 'bytes': the trie's size in bytes (32 bits, little endian), the trie, the replacements. Throws
  // kDamaged when a step or a replacement lies outside; 'name' is how the message calls the map.
  CharacterMap(std::string_view bytes, const std::string& name);
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  // Of the shortest rule that 'text' begins with.
  std::optional<std::string_view> Replacement(std::string_view text) const;
  void Check(const std::string& name) const;
  void CheckLeaf(std::size_t unit, const std::string& name) const;
  void TakeGrapheme(const AlignedText& text, std::size_t begin, std::size_t end,
                    AlignedText& normalized) const;

  std::vector<std::uint32_t> units_;
  std::string replacements_;
};

}  // namespace wordkin::contextual
