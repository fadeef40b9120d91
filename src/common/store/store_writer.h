#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/text_frames.h"
#include "common/support/atomic_file.h"

namespace wordkin {

struct StoreOptions {
  Precision precision = Precision::kTwoPlane;
  std::string metadata_json = {};  // empty: none
  // Empty: none; else UTF-8 of at most kMaxTrainingStateBytes, and the table's glove rows with it.
  std::string training_state = {};
  bool keeps_training_rows = true;  // word_rows and output_rows, where the table has them
  // Of documents whose ids the words are, finished, one a word; nullptr: none.
  const TextFrames* texts = nullptr;
  std::string document_settings = {};  // JSON, empty: none
  // A store of the same precision and dimension whose rows come first, as they are kept: then the
  // table has the words of both, and of the rows those behind.
  const EmbeddingStore* earlier_rows = nullptr;
};

// Writes 'table' into 'file' and commits it. Throws kInputOutput on a failing disk, kDamaged when a
// value is not finite, kUsage when there are no rows or no dimensions. Subwords are quantised as
// the rows are; word_rows and output_rows are kept as float32.
void WriteStore(AtomicFile& file, const EmbeddingTable& table, const StoreOptions& options);

// Writes a copy of 'store' with its section 'kind' replaced or added; the others are copied as they
// are once their checksums hold. 'file' may be the path that 'store' was opened from.
void WriteStoreWithSection(AtomicFile& file, const EmbeddingStore& store, SectionKind kind,
                           std::span<const std::byte> content);

}  // namespace wordkin
