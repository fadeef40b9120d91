#include "train/run/earlier_rows.h"

#include <string>

#include "common/support/error.h"

namespace wordkin::train {

void CheckDimensionFits(const EmbeddingStore& store, std::size_t dimension) {
  if (store.dimension() == dimension) return;
  throw Error(ErrorKind::kUsage, "cannot train on from '" + store.path() + "': its vectors have " +
                                     std::to_string(store.dimension()) +
                                     " values; add --dimension " +
                                     std::to_string(store.dimension()));
}

}  // namespace wordkin::train
