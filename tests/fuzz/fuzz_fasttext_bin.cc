// The reader of fastText's models either refuses with kDamaged or yields what it promises.

#include "common/formats/fasttext_bin.h"
#include "tests/fuzz/check_vectors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using wordkin::ExpectFinite;
  const wordkin::MemoryFile input(data, size);
  wordkin::LooksLikeFastTextBinary({reinterpret_cast<const char*>(data), size});
  try {
    const wordkin::VectorFile file(input.path());
    wordkin::SkippedRows skipped;
    const wordkin::EmbeddingTable table = wordkin::ReadFastTextBinary(file, {}, skipped);
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
