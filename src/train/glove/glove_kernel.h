#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wordkin::train {

// A trained row: lines of 16 values, each followed by the line of their AdaGrad sums (squares of
// the steps, from 1). Of the values the first 'dimension' are the vector; a word's row goes on with
// its bias and a 1, a context's with a 1 and its bias, so that one dot product adds both biases;
// the rest are zero.
struct GloveRowLayout {
  static constexpr std::size_t kLine = 16;

  explicit GloveRowLayout(std::size_t vector_dimension)
      : dimension(vector_dimension), line_count((vector_dimension + 2 + kLine - 1) / kLine) {}

  std::size_t row_floats() const { return 2 * kLine * line_count; }
  static std::size_t ValueAt(std::size_t column) {
    return column / kLine * 2 * kLine + column % kLine;
  }
  static std::size_t SumAt(std::size_t column) { return ValueAt(column) + kLine; }

  std::size_t dimension;
  std::size_t line_count;
};

// One entry of the co-occurrence matrix inside a tile: its word and context as rows of the tile.
struct PairRecord {
  std::uint16_t word;
  std::uint16_t context;
  float count;
};

struct GloveWeighting {
  float x_max;
  float alpha;
};

// The rows that a tile trains and how fast each column of them learns; all on 64-byte boundaries.
struct GloveTileRows {
  float* words;                // row i at words + i * layout.row_floats()
  float* contexts;             // never the same memory as the words'
  const float* word_rates;     // (16 * line_count): the learning rate, 1 for the bias, else 0
  const float* context_rates;  // likewise
};

// Trains on 'records' in their order; returns the sum of weight * error^2 / 2 before each step.
// Compiled once per instruction set; the same bits from the same set.
double TrainRecords(const GloveRowLayout& layout, const GloveTileRows& rows,
                    std::span<const PairRecord> records, const GloveWeighting& weighting);

}  // namespace wordkin::train
