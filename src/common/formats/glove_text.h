#pragma once

#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// GloVe's text files: a line for each word with its values, by ASCII white space, and no header.
// The first line says how many values there are; words may hold blanks, as some of glove.840B do.
// Contracts as in vector_format.h.
bool LooksLikeGloveText(std::string_view first_bytes);
EmbeddingTable ReadGloveText(const VectorFile& file, const ReadOptions& options,
                             SkippedRows& skipped);
void WriteGloveText(BufferedOutput& output, const EmbeddingStore& store);

}  // namespace wordkin
