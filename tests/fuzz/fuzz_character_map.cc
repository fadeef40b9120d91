// A character map is either refused with kDamaged or rewrites any text to UTF-8 that comes from it.

#include <cstdint>
#include <cstdlib>

#include "common/support/error.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/character_map.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using wordkin::contextual::AlignedText;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const wordkin::contextual::CharacterMap map(bytes, "the map");
    const std::string_view text = "abc \u00E9e\u0301\u0302\u5C71\r\n\uFF21\xFF";
    for (const std::string_view each : {text, bytes}) {
      const AlignedText mapped = map.Normalize(AlignedText(each, 0, each.size()));
      if (!wordkin::IsValidUtf8(mapped.text())) std::abort();
      for (std::size_t i = 0; i < mapped.size(); ++i) {
        if (mapped.SourceOf(i, i + 1).end > each.size()) std::abort();
      }
    }
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
  return 0;
}
