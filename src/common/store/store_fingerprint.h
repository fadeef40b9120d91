#pragma once

#include <string>

#include "common/store/embedding_store.h"

namespace wordkin {

// 16 hexadecimal digits by which the content of two stores can be told apart: of the kinds and
// checksums of all sections but what 'wordkin index' adds, which says nothing new of the vectors.
// Reads the directory alone.
std::string StoreFingerprint(const EmbeddingStore& store);

}  // namespace wordkin
