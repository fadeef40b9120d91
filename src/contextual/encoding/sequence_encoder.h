#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "contextual/encoder/encoder.h"
#include "contextual/encoding/pooling.h"

namespace wordkin::contextual {

// Layers whose states are averaged, both included; 0 are the embeddings.
struct LayerRange {
  std::size_t first;
  std::size_t last;
  friend bool operator==(const LayerRange&, const LayerRange&) = default;
};

struct EncodingOptions {
  LayerRange layers;
  Pooling pooling = Pooling::kMean;
  int thread_count = 1;
};

// Token ids to vectors, many sequences at a time: sorted by length and cut into tiles of at most
// kTileTokens tokens (a longer sequence is a tile by itself). So states take the memory of a tile a
// thread, while ids and results grow with the input. Every thread has tiles of its own, or all work
// at one when there are few.
class SequenceEncoder {
 public:
  static constexpr std::size_t kTileTokens = 512;

  // 'encoder' outlives this and has all of 'options.layers'.
  SequenceEncoder(const Encoder& encoder, const EncodingOptions& options)
      : encoder_(encoder),
        options_(options),
        scratch_(static_cast<std::size_t>(options.thread_count)) {}

  // For each sequence, of 1 to token_limit() ids, its (PooledRows x dimension) values.
  // One call at a time.
  std::vector<std::vector<float>> Encode(std::span<const std::span<const std::int32_t>> sequences);

  // Hands every layer's states (tokens x dimension) of every sequence to 'visit', from several
  // threads at once. One call at a time.
  using Visitor =
      std::function<void(std::size_t sequence, std::size_t layer, std::span<const float> states)>;
  void VisitLayers(std::span<const std::span<const std::int32_t>> sequences, const Visitor& visit);

 private:
  struct Tile;
  using TileTask = std::function<void(const Tile& tile, EncoderScratch& scratch)>;
  void ForEachTile(std::span<const std::span<const std::int32_t>> sequences, const TileTask& task);
  void EncodeTile(const Tile& tile, EncoderScratch& scratch,
                  std::vector<std::vector<float>>& results) const;

  const Encoder& encoder_;
  EncodingOptions options_;
  std::vector<EncoderScratch> scratch_;  // of each thread
};

}  // namespace wordkin::contextual
