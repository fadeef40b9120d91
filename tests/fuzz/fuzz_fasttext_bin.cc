// The reader of fastText's models either refuses with kDamaged or yields what it promises.

#include <cmath>
#include <cstdlib>

#include "common/formats/fasttext_bin.h"
#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"

namespace {

void ExpectFinite(const wordkin::AlignedMatrix& rows) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (const float value : rows.Row(row)) {
      if (!std::isfinite(value)) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile file(data, size);
  wordkin::LooksLikeFastTextBinary({reinterpret_cast<const char*>(data), size});
  try {
    const wordkin::EmbeddingTable table = wordkin::ReadFastTextBinary(file.path());
    if (table.vocabulary.size() != table.rows.row_count()) std::abort();
    if (table.vocabulary.size() != table.output_rows.row_count()) std::abort();
    ExpectFinite(table.rows);
    ExpectFinite(table.output_rows);
    if (!table.subwords) return 0;
    if (table.subwords->buckets.size() != table.subwords->rows.row_count()) std::abort();
    ExpectFinite(table.subwords->rows);
    ExpectFinite(table.word_rows);
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
  return 0;
}
