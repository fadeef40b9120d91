#pragma once

#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/format_settings.h"

namespace wordkin {

// fastText's .bin files (0.9.2, format 12, and 11): unsupervised models, not quantised, with or
// without subwords; contracts as in vector_format.h. A table holds all of one: writing it from a
// float32 store gives the same bytes. Supervised and quantised models are refused.
bool LooksLikeFastTextBinary(std::string_view first_bytes);
// Refuses whatever is wrong, since rows of a model hang together: under kSkip too.
EmbeddingTable ReadFastTextBinary(const VectorFile& file, const ReadOptions& options,
                                  SkippedRows& skipped);
// 'settings' as a reader gave them; what is missing is as fastText has it by default. Buckets and
// output rows that the store has not are zeros. Throws kUsage for subwords hashed as floret does.
void WriteFastTextBinary(BufferedOutput& output, const EmbeddingStore& store,
                         const FormatSettings& settings);

}  // namespace wordkin
