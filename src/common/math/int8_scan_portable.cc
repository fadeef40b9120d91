#include "common/math/half_float.h"
#include "common/math/int8_scan_kernels.h"

// Plain C++ for processors without a kernel of their own; written so that compilers vectorise it.

namespace wordkin::scan {
namespace {

constexpr std::size_t kRows = ScanPlane::kRowsPerBlock;

void AddGroup(const std::uint8_t* bytes, std::uint32_t word, std::uint32_t (&sums)[kRows]) {
  std::uint32_t values[ScanPlane::kDimensionsPerGroup];
  for (std::size_t i = 0; i < ScanPlane::kDimensionsPerGroup; ++i) {
    values[i] = static_cast<std::uint32_t>(static_cast<std::int8_t>(word >> (8 * i)));
  }
  for (std::size_t row = 0; row < kRows; ++row) {
    const std::uint8_t* of_row = bytes + row * ScanPlane::kDimensionsPerGroup;
    sums[row] += of_row[0] * values[0] + of_row[1] * values[1] + of_row[2] * values[2] +
                 of_row[3] * values[3];
  }
}

// Scores and marks of a block for query number 'q'.
void FinishBlock(const Tile& tile, const TileQueries& queries, std::size_t block, std::size_t q,
                 const std::uint32_t (&sums)[kRows], TileScores& result) {
  float* scores = result.scores[q] + block * kRows;
  unsigned above = 0;
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto dot = static_cast<std::int32_t>(sums[row] - queries.offsets[q]);
    scores[row] = static_cast<float>(dot) * HalfToFloat(tile.cosine_factors[block * kRows + row]);
    above |= static_cast<unsigned>(scores[row] > queries.thresholds[q]) << row;
  }
  result.above[q][block] = static_cast<std::uint16_t>(above);
}

}  // namespace

void ScoreTilePortable(const Tile& tile, const TileQueries& queries, TileScores& result) {
  for (std::size_t block = 0; block < tile.block_count; ++block) {
    const std::uint8_t* bytes = tile.blocks + block * tile.group_count * kGroupBytes;
    for (std::size_t q = 0; q < queries.count; ++q) {
      std::uint32_t sums[kRows] = {};
      for (std::size_t group = 0; group < tile.group_count; ++group) {
        AddGroup(bytes + group * kGroupBytes, queries.words[group * queries.count + q], sums);
      }
      FinishBlock(tile, queries, block, q, sums, result);
    }
  }
}

void ScoreNibblesPortable(const Tile& tile, const TileQueries& query, TileScores& result) {
  for (std::size_t block = 0; block < tile.block_count; ++block) {
    const std::uint8_t* bytes = tile.blocks + block * tile.group_count * kGroupBytes;
    std::uint32_t sums[kRows] = {};
    for (std::size_t group = 0; group < tile.group_count; ++group, bytes += kGroupBytes) {
      std::uint8_t low[kGroupBytes], high[kGroupBytes];
      for (std::size_t i = 0; i < kGroupBytes; ++i) {
        low[i] = bytes[i] & 0xF;
        high[i] = bytes[i] >> 4;
      }
      AddGroup(low, query.words[2 * group], sums);
      AddGroup(high, query.words[2 * group + 1], sums);
    }
    FinishBlock(tile, query, block, 0, sums, result);
  }
}

std::uint32_t DotPortable(const std::uint8_t* record, const std::int8_t* values,
                          std::size_t byte_count) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < byte_count; ++i) {
    sum += static_cast<std::uint32_t>(int{record[i]} * int{values[i]});
  }
  return sum;
}

std::int32_t PairDotPortable(const std::uint8_t* a, const std::uint8_t* b, std::size_t byte_count) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < byte_count - kFactorBytes; ++i) {
    sum += (int{a[i]} - ScanPlane::kZero) * (int{b[i]} - ScanPlane::kZero);
  }
  return sum;
}

}  // namespace wordkin::scan
