// The reader of word2vec's text files either refuses with kDamaged or yields what it promises.

#include <cmath>
#include <cstdlib>

#include "common/formats/word2vec_text.h"
#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile file(data, size);
  wordkin::LooksLikeWord2VecText({reinterpret_cast<const char*>(data), size});
  try {
    const wordkin::EmbeddingTable table = wordkin::ReadWord2VecText(file.path());
    if (table.vocabulary.size() != table.rows.row_count()) std::abort();
    for (std::size_t row = 0; row < table.rows.row_count(); ++row) {
      for (const float value : table.rows.Row(row)) {
        if (!std::isfinite(value)) std::abort();
      }
    }
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
  return 0;
}
