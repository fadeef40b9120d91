#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "contextual/checkpoint/checkpoint.h"
#include "contextual/encoder/linear.h"
#include "contextual/encoder/normalization.h"
#include "contextual/encoder/tile_buffer.h"
#include "contextual/encoder/token_tile.h"

namespace wordkin::contextual {

// The states with which the first layer begins: a row for the token, one for its position in the
// sequence, one for all ("token type"), normalised and brought to the layers' width.
struct Embedding {
  MappedRows words;
  std::optional<MappedRows> positions;
  std::size_t first_position = 0;  // row of a sequence's first token
  std::vector<float> everywhere;   // empty: none
  std::optional<Normalization> norm;
  std::optional<Linear> projection;

  // Writes (tokens x hidden). Throws kDamaged for an id beyond the vocabulary.
  void Apply(const TokenTile& tile, TileBuffer<float>& narrow, LinearScratch& scratch,
             float* states) const;

 private:
  void WriteRows(const TokenTile& tile, float* rows) const;
};

}  // namespace wordkin::contextual
