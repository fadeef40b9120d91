#include "contextual/encoder/embedding.h"

#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::contextual {

void Embedding::Apply(const TokenTile& tile, TileBuffer<float>& narrow, LinearScratch& scratch,
                      float* states) const {
  const std::size_t token_count = tile.token_count();
  float* const rows =
      projection ? narrow.Reserve(ComputedRows(token_count) * words.dimension()) : states;
  WriteRows(tile, rows);
  if (norm) norm->Apply(rows, token_count, rows);
  if (projection) projection->Apply(rows, token_count, scratch, states);
}

void Embedding::WriteRows(const TokenTile& tile, float* rows) const {
  const std::size_t dimension = words.dimension();
  std::vector<float> position_row(positions ? dimension : 0);
  std::size_t token = 0;
  for (const std::size_t length : tile.lengths) {
    for (std::size_t position = 0; position < length; ++position, ++token) {
      const std::int32_t id = tile.ids[token];
      if (id < 0 || static_cast<std::size_t>(id) >= words.row_count()) {
        throw Error(ErrorKind::kDamaged, "the tokenizer's id " + std::to_string(id) +
                                             " is not in the encoder's " + "vocabulary of " +
                                             std::to_string(words.row_count()) +
                                             ": their files do not belong together");
      }
      const std::span<float> row(rows + token * dimension, dimension);
      words.Read(static_cast<std::size_t>(id), row);
      if (!everywhere.empty()) AddScaled(row, 1.0f, everywhere);
      if (!positions) continue;
      positions->Read(first_position + position, position_row);
      AddScaled(row, 1.0f, position_row);
    }
  }
}

}  // namespace wordkin::contextual
