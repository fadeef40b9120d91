#pragma once

#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/format_settings.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// fastText's .bin files (0.9.2, format 12, and 11): unsupervised models, not quantised, with or
// without subwords; contracts as in vector_format.h. A table holds all of one: writing it from a
// float32 store gives the same bytes. Supervised and quantised models are refused.
bool LooksLikeFastTextBinary(std::string_view first_bytes);
EmbeddingTable ReadFastTextBinary(const std::string& path);
// 'settings' as a reader gave them; what is missing is as fastText has it by default. Buckets and
// output rows that the store has not are zeros. Throws kUsage for subwords hashed as floret does.
void WriteFastTextBinary(AtomicFile& file, const EmbeddingStore& store,
                         const FormatSettings& settings);

}  // namespace wordkin
