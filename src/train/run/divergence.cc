#include "train/run/divergence.h"

#include "common/support/error.h"

namespace wordkin::train {

void ThrowDiverged() {
  throw Error(ErrorKind::kUsage,
              "training diverged: the loss is no longer a sensible number; try again with a lower "
              "--learning-rate");
}

}  // namespace wordkin::train
