#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "contextual/checkpoint/checkpoint.h"
#include "contextual/encoder/embedding.h"
#include "contextual/encoder/linear.h"
#include "contextual/encoder/normalization.h"
#include "contextual/encoder/token_tile.h"
#include "contextual/encoder/transformer_layer.h"

namespace wordkin::contextual {

// What an architecture makes of a checkpoint. Not to be filled by braces within braces: g++ 12
// destroys what inner ones made twice when a later member throws.
struct EncoderParts {
  Embedding embedding;
  LayerPlan plan;
  std::vector<std::shared_ptr<const TransformerLayer>> layers;  // one may come several times
  std::optional<Normalization> final_norm;                      // of the last layer's states
  std::size_t token_limit = 0;                                  // of a sequence
};

// Memory of one thread's tile.
struct EncoderScratch {
  TileBuffer<float> states;
  TileBuffer<float> narrow;
  TileBuffer<float> final_states;
  LayerScratch layer;
};

// A transformer: token ids to the hidden states of every layer. Immutable
// and thread-safe; a tile runs on the threads that OpenMP gives the caller.
class Encoder {
 public:
  // 'parts' may point into 'checkpoint', whose embeddings stay in their file, and have a layer.
  Encoder(std::unique_ptr<const Checkpoint> checkpoint, EncoderParts parts);

  // Receives a layer's states (tokens x dimension), valid during the call: layer 0 are the
  // embeddings, layer_count() the last.
  using LayerSink = std::function<void(std::size_t layer, const float* states)>;
  // Runs up to 'last_layer'. Throws kUsage when a sequence is longer than token_limit(), kDamaged
  // when the weights lead to NaN or infinite values.
  void Encode(const TokenTile& tile, std::size_t last_layer, EncoderScratch& scratch,
              const LayerSink& sink) const;

  std::size_t dimension() const { return dimension_; }
  std::size_t layer_count() const { return parts_.layers.size(); }
  std::size_t token_limit() const { return parts_.token_limit; }
  std::size_t vocabulary_size() const { return parts_.embedding.words.row_count(); }
  const Checkpoint& checkpoint() const { return *checkpoint_; }

 private:
  void RequireFinite(std::span<const float> states) const;

  std::unique_ptr<const Checkpoint> checkpoint_;
  EncoderParts parts_;
  std::size_t dimension_;
};

}  // namespace wordkin::contextual
