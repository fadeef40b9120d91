#pragma once

#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// word2vec's text files, which fastText's .vec are too: a line "rows dimension", then a line for
// each word with its values, by ASCII white space. Values are written in the shortest form that
// reads back as the same float32. Contracts as in vector_format.h.
bool LooksLikeWord2VecText(std::string_view first_bytes);
EmbeddingTable ReadWord2VecText(const std::string& path);
void WriteWord2VecText(AtomicFile& file, const EmbeddingStore& store);

}  // namespace wordkin
