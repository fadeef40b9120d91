#include "contextual/encoding/sequence_encoder.h"

#include <omp.h>

#include <algorithm>
#include <numeric>

#include "common/math/vector_kernels.h"
#include "common/support/first_failure.h"
#include "contextual/encoder/thread_limit.h"

namespace wordkin::contextual {

// The sequences of one run of the encoder.
struct SequenceEncoder::Tile {
  std::vector<std::size_t> numbers;  // of the sequences
  std::vector<std::int32_t> ids;
  std::vector<std::size_t> lengths;
};

namespace {

using Sequences = std::span<const std::span<const std::int32_t>>;

// Numbers of the sequences, the longest first: what takes longest begins first.
std::vector<std::size_t> ByLength(Sequences sequences) {
  std::vector<std::size_t> order(sequences.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return sequences[a].size() > sequences[b].size();
  });
  return order;
}

// Small enough that every thread gets a tile, if all is to fit into few of them.
std::size_t TileLimit(Sequences sequences, int thread_count) {
  std::size_t total = 0;
  for (const auto& each : sequences) total += each.size();
  const auto threads = static_cast<std::size_t>(thread_count);
  return std::clamp<std::size_t>((total + threads - 1) / threads, 1, SequenceEncoder::kTileTokens);
}

}  // namespace

std::vector<std::vector<float>> SequenceEncoder::Encode(Sequences sequences) {
  std::vector<std::vector<float>> results(sequences.size());
  ForEachTile(sequences, [&](const Tile& tile, EncoderScratch& scratch) {
    EncodeTile(tile, scratch, results);
  });
  return results;
}

void SequenceEncoder::VisitLayers(Sequences sequences, const Visitor& visit) {
  const std::size_t dimension = encoder_.dimension();
  ForEachTile(sequences, [&](const Tile& tile, EncoderScratch& scratch) {
    encoder_.Encode({tile.ids, tile.lengths}, encoder_.layer_count(), scratch,
                    [&](std::size_t layer, const float* states) {
                      for (std::size_t i = 0; i < tile.numbers.size(); ++i) {
                        const std::size_t value_count = tile.lengths[i] * dimension;
                        visit(tile.numbers[i], layer, {states, value_count});
                        states += value_count;
                      }
                    });
  });
}

void SequenceEncoder::ForEachTile(Sequences sequences, const TileTask& task) {
  const std::size_t limit = TileLimit(sequences, options_.thread_count);
  std::vector<Tile> tiles;
  for (const std::size_t number : ByLength(sequences)) {
    const std::span<const std::int32_t> ids = sequences[number];
    if (tiles.empty() || tiles.back().ids.size() + ids.size() > limit) tiles.emplace_back();
    tiles.back().numbers.push_back(number);
    tiles.back().lengths.push_back(ids.size());
    tiles.back().ids.insert(tiles.back().ids.end(), ids.begin(), ids.end());
  }
  FirstFailure failure;
  const bool shares_tiles = tiles.size() < static_cast<std::size_t>(options_.thread_count);
  if (shares_tiles) {
    const ThreadLimit threads(options_.thread_count);
    for (const Tile& tile : tiles) task(tile, scratch_.front());
    return;
  }
#pragma omp parallel num_threads(options_.thread_count)
  {
    const ThreadLimit one(1);
    EncoderScratch& scratch = scratch_[static_cast<std::size_t>(omp_get_thread_num())];
#pragma omp for schedule(dynamic)
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      if (failure.happened()) continue;
      try {
        task(tiles[i], scratch);
      } catch (...) {
        failure.Keep();
      }
    }
  }
  failure.Rethrow();
}

void SequenceEncoder::EncodeTile(const Tile& tile, EncoderScratch& scratch,
                                 std::vector<std::vector<float>>& results) const {
  const std::size_t dimension = encoder_.dimension();
  const std::size_t value_count = tile.ids.size() * dimension;
  const LayerRange layers = options_.layers;
  std::vector<float> sum;
  const auto pool = [&](std::span<const float> states) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < tile.numbers.size(); ++i) {
      const std::size_t length = tile.lengths[i];
      std::vector<float>& result = results[tile.numbers[i]];
      result.resize(PooledRows(options_.pooling, length) * dimension);
      Pool(options_.pooling, states.subspan(begin, length * dimension), dimension, result);
      begin += length * dimension;
    }
  };
  encoder_.Encode(
      {tile.ids, tile.lengths}, layers.last, scratch, [&](std::size_t layer, const float* states) {
        const std::span<const float> values(states, value_count);
        if (layer < layers.first) return;
        if (layers.first == layers.last) return pool(values);
        sum.resize(value_count);
        AddScaled(sum, 1.0f / static_cast<float>(layers.last - layers.first + 1), values);
        if (layer == layers.last) pool(sum);
      });
}

}  // namespace wordkin::contextual
