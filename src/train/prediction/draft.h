#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wordkin::train {

// Of an input row: a word's, or behind those a bucket's or a place's weights. Of an output row: a
// word's as prediction, or an inner node's of the Huffman tree.
using RowId = std::uint32_t;

// Some training steps, drawn before any row is touched: which input rows meet which output rows.
// All randomness is spent here, so that the arithmetic knows its rows in time to fetch them, and
// threads know each other's (lockstep_training.h).
struct Draft {
  // One centre word. Its lists end here and begin where the step before ends.
  struct Step {
    std::uint32_t inputs_end;
    std::uint32_t incoming_end;
    std::uint32_t groups_end;
    bool is_loss_sample;
  };

  std::vector<Step> steps;
  std::vector<RowId> inputs;
  std::vector<RowId> weights;   // by input, what it is multiplied by; empty: nothing
  std::vector<RowId> incoming;  // input rows that a step soon to come will be the first to need
  std::vector<std::uint32_t> group_ends;  // of outputs; a group is one prediction
  std::vector<RowId> outputs;
  std::vector<std::uint8_t> is_positive;  // by output: whether it is to be made likelier

  void Clear() {
    steps.clear();
    inputs.clear();
    weights.clear();
    incoming.clear();
    group_ends.clear();
    outputs.clear();
    is_positive.clear();
  }
  void EndGroup() { group_ends.push_back(static_cast<std::uint32_t>(outputs.size())); }
  void EndStep(bool is_loss_sample) {
    steps.push_back({static_cast<std::uint32_t>(inputs.size()),
                     static_cast<std::uint32_t>(incoming.size()),
                     static_cast<std::uint32_t>(group_ends.size()), is_loss_sample});
  }
};

}  // namespace wordkin::train
