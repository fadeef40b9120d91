#pragma once

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// All of a store as a table in memory: exact for Precision::kFloat32, else as it was quantised.
// Throws kDamaged.
EmbeddingTable ReadTable(const EmbeddingStore& store);

}  // namespace wordkin
