#pragma once

#include <string>
#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// A safetensors file with a matrix of floats, its only one or that which the options name, and a
// list of its words beside it (word_list_file.h). Written as one float32 tensor 'embeddings', with
// v.words beside v.safetensors. Contracts as in vector_format.h.
bool LooksLikeSafetensors(std::string_view first_bytes);
EmbeddingTable ReadSafetensors(const VectorFile& file, const ReadOptions& options,
                               SkippedRows& skipped);
void WriteSafetensors(BufferedOutput& output, const EmbeddingStore& store);
std::string WordsBesideSafetensors(const std::string& path);
std::string FindWordsOfSafetensors(const std::string& path, const ReadOptions& options);

}  // namespace wordkin
