#pragma once

#include <cstddef>
#include <span>

#include "common/store/embedding_store.h"

namespace wordkin::train {

// Which rows of an earlier run are of use: hierarchical softmax's output rows belong to the nodes
// of its tree, which another vocabulary or other counts number anew.
enum class TakenRows { kInputsOnly, kInputsAndOutputs };

// Throws kUsage when training with this dimension can not go on from the vectors of 'store'.
void CheckDimensionFits(const EmbeddingStore& store, std::size_t dimension);

// Throws kUsage when 'store' has subwords: for trainers that would lose them.
void RefuseSubwords(const EmbeddingStore& store);

// Throws kDamaged for a row of 'store' that holds a value which is not finite.
void RequireFinite(const EmbeddingStore& store, std::span<const float> row);

}  // namespace wordkin::train
