#pragma once

#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// word2vec's text files, which fastText's .vec are too: a line "rows dimension", then a line for
// each word with its values, by ASCII white space. Values are written in the shortest form that
// reads back as the same float32. Contracts as in vector_format.h.
bool LooksLikeWord2VecText(std::string_view first_bytes);
EmbeddingTable ReadWord2VecText(const VectorFile& file, const ReadOptions& options,
                                SkippedRows& skipped);
void WriteWord2VecText(BufferedOutput& output, const EmbeddingStore& store);

}  // namespace wordkin
