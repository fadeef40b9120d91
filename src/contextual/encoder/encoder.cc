#include "contextual/encoder/encoder.h"

#include <string>
#include <utility>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::contextual {

Encoder::Encoder(std::unique_ptr<const Checkpoint> checkpoint, EncoderParts parts)
    : checkpoint_(std::move(checkpoint)),
      parts_(std::move(parts)),
      dimension_(parts_.layers.front()->down.outputs()) {}

void Encoder::Encode(const TokenTile& tile, std::size_t last_layer, EncoderScratch& scratch,
                     const LayerSink& sink) const {
  for (const std::size_t length : tile.lengths) {
    if (length <= token_limit()) continue;
    throw Error(ErrorKind::kUsage, "a text of " + std::to_string(length) +
                                       " pieces is longer than the encoder's limit of " +
                                       std::to_string(token_limit()));
  }
  const std::size_t token_count = tile.token_count();
  float* const states = scratch.states.Reserve(ComputedRows(token_count) * dimension_);
  parts_.embedding.Apply(tile, scratch.narrow, scratch.layer.linear, states);
  for (std::size_t layer = 0;; ++layer) {
    if (layer == layer_count() && parts_.final_norm) {
      float* const normalized = scratch.final_states.Reserve(token_count * dimension_);
      parts_.final_norm->Apply(states, token_count, normalized);
      RequireFinite({normalized, token_count * dimension_});
      return sink(layer, normalized);
    }
    if (layer == last_layer) RequireFinite({states, token_count * dimension_});
    sink(layer, states);
    if (layer == last_layer) return;
    parts_.layers[layer]->Apply(parts_.plan, tile, scratch.layer, states);
  }
}

// Weights that are finite each can still lead there, as a flipped bit of an exponent does. What
// one layer makes NaN or infinite, or too large for the next one's norms, is NaN from there on:
// only the last one's states are looked at.
void Encoder::RequireFinite(std::span<const float> states) const {
  if (AllFinite(states)) return;
  throw Error(ErrorKind::kDamaged,
              "cannot use '" + checkpoint_->folder() +
                  "': its weights lead to NaN or infinite values, so they are damaged or not made "
                  "for 32-bit floats");
}

}  // namespace wordkin::contextual
