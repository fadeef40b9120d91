#pragma once

#include <cstddef>

#include "common/store/embedding_store.h"

namespace wordkin::train {

// Throws kUsage when training with this dimension can not go on from the vectors of 'store'.
void CheckDimensionFits(const EmbeddingStore& store, std::size_t dimension);

}  // namespace wordkin::train
