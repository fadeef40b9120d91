#pragma once

#include <string>
#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/tensor.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// NumPy's .npy of a matrix of float16, float32 or float64, row by row, little-endian, and a list of
// its words beside it (word_list_file.h). Written as float32 with v.words beside v.npy. Contracts
// as in vector_format.h.
bool LooksLikeNpy(std::string_view first_bytes);
EmbeddingTable ReadNpy(const VectorFile& file, const ReadOptions& options, SkippedRows& skipped);
void WriteNpy(BufferedOutput& output, const EmbeddingStore& store);
std::string WordsBesideNpy(const std::string& path);
std::string FindWordsOfNpy(const std::string& path, const ReadOptions& options);

// The array; its bytes are those of 'file' to the last. Throws kDamaged.
Tensor ParseNpy(const VectorFile& file);

}  // namespace wordkin
