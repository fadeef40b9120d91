#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "contextual/encoder/linear.h"
#include "contextual/encoder/normalization.h"
#include "contextual/encoder/row_kernels.h"
#include "contextual/encoder/tile_buffer.h"
#include "contextual/encoder/token_tile.h"

namespace wordkin::contextual {

// What a score of attention gets by the distance of its two tokens (T5: Raffel et al., arXiv
// 1910.10683, section 2.1): (heads x 2 * longest - 1), distance 0 in the middle of each row.
struct DistanceBias {
  std::vector<float> values;
  std::size_t longest = 0;  // tokens of a sequence
};

// What all layers of an encoder have in common.
struct LayerPlan {
  std::size_t head_count = 1;
  std::size_t head_dimension = 1;
  float attention_scale = 1;
  bool is_causal = false;
  // Norms stand before attention and feed-forward (GPT-2, T5), or behind their sums (BERT).
  bool normalizes_first = false;
  Activation activation = Activation::kGelu;
  std::optional<DistanceBias> distance_bias;
};

// Memory of one thread's tile, used again from layer to layer and tile to tile.
struct LayerScratch {
  TileBuffer<float> normalized;
  TileBuffer<float> projections;  // queries, keys and values of a token side by side
  TileBuffer<float> context;
  TileBuffer<float> inner;
  TileBuffer<float> gate;
  LinearScratch linear;
};

// One layer of a transformer: attention, then feed-forward, each added to the states.
struct TransformerLayer {
  Linear projections;  // hidden -> 3 * heads * head_dimension: queries, keys, values
  Linear attention_output;
  Linear up;
  std::optional<Linear> gate;  // feed-forward is activation(up) * gate if there is one
  Linear down;
  Normalization attention_norm;
  Normalization feed_forward_norm;

  // Changes the states (tokens x hidden, room for ComputedRows) in place.
  void Apply(const LayerPlan& plan, const TokenTile& tile, LayerScratch& scratch,
             float* states) const;

 private:
  void AddAttention(const LayerPlan& plan, const TokenTile& tile, const float* input,
                    LayerScratch& scratch, float* states) const;
  void AddFeedForward(const LayerPlan& plan, std::size_t token_count, const float* input,
                      LayerScratch& scratch, float* states) const;
};

}  // namespace wordkin::contextual
