#pragma once

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// The whole store in memory, as it was written but for what its precision lost. Throws kDamaged.
EmbeddingTable ReadTable(const EmbeddingStore& store);

}  // namespace wordkin
