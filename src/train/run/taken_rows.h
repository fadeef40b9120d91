#pragma once

namespace wordkin::train {

// Which rows of an earlier run are of use: hierarchical softmax's output rows belong to the nodes
// of its tree, which another vocabulary or other counts number anew.
enum class TakenRows { kInputsOnly, kInputsAndOutputs };

}  // namespace wordkin::train
