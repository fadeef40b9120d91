#pragma once

#include <string>
#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// What TensorFlow's Embedding Projector loads: a line of values for each word, by tabs, and the
// words in another file, v.metadata.tsv beside v.tsv, or metadata.tsv beside vectors.tsv: a word a
// line, or, below a heading, several columns, the word in the first. Contracts as in
// vector_format.h.
bool LooksLikeProjectorTsv(std::string_view first_bytes);
EmbeddingTable ReadProjectorTsv(const VectorFile& file, const ReadOptions& options,
                                SkippedRows& skipped);
void WriteProjectorTsv(BufferedOutput& output, const EmbeddingStore& store);
std::string WordsBesideProjectorTsv(const std::string& path);
std::string FindWordsOfProjectorTsv(const std::string& path, const ReadOptions& options);

}  // namespace wordkin
