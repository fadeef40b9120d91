#pragma once

#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// word2vec's binary files: a line "rows dimension", then for each word its bytes, a space and its
// values as little-endian float32; after each row a line end, as the original writes it, or none,
// as gensim does. Written as the original does. Contracts as in vector_format.h.
bool LooksLikeWord2VecBinary(std::string_view first_bytes);
EmbeddingTable ReadWord2VecBinary(const VectorFile& file, const ReadOptions& options,
                                  SkippedRows& skipped);
void WriteWord2VecBinary(BufferedOutput& output, const EmbeddingStore& store);

}  // namespace wordkin
