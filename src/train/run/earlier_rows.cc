#include "train/run/earlier_rows.h"

#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::train {

void CheckDimensionFits(const EmbeddingStore& store, std::size_t dimension) {
  if (store.dimension() == dimension) return;
  throw Error(ErrorKind::kUsage, "cannot train on from '" + store.path() + "': its vectors have " +
                                     std::to_string(store.dimension()) +
                                     " values; add --dimension " +
                                     std::to_string(store.dimension()));
}

void RefuseSubwords(const EmbeddingStore& store) {
  if (store.subwords() == nullptr) return;
  throw Error(ErrorKind::kUsage, "cannot train on from '" + store.path() +
                                     "': it has subwords; train them on with 'train fasttext'");
}

void RequireFinite(const EmbeddingStore& store, std::span<const float> row) {
  if (AllFinite(row)) return;
  throw Error(ErrorKind::kDamaged, "cannot train on from '" + store.path() +
                                       "': it holds a value that is not a finite number; see "
                                       "'wordkin verify'");
}

}  // namespace wordkin::train
