#pragma once

#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// word2vec's binary files: a line "rows dimension", then for each word its bytes, a space and its
// values as little-endian float32; after each row a line end, as the original writes it, or none,
// as gensim does. Written as the original does. Contracts as in vector_format.h.
bool LooksLikeWord2VecBinary(std::string_view first_bytes);
EmbeddingTable ReadWord2VecBinary(const std::string& path);
void WriteWord2VecBinary(AtomicFile& file, const EmbeddingStore& store);

}  // namespace wordkin
