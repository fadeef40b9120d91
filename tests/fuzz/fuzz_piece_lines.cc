// vocab.txt and merges.txt are either refused with kDamaged or give pieces of UTF-8.

#include <cstdlib>

#include "common/support/error.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/vocabulary_files.h"

namespace {

template <typename Parse>
void Try(const Parse& parse) {
  try {
    const auto pieces = parse();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::string_view piece = pieces.Piece(i);
      if (piece.empty() || !wordkin::IsValidUtf8(piece)) std::abort();
    }
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Try([&] { return wordkin::contextual::ParsePieceLines(text, "'vocab.txt'"); });
  Try([&] { return wordkin::contextual::ParseMergeLines(text, "'merges.txt'"); });
  return 0;
}
