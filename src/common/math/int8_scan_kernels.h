#pragma once

#include <cstddef>
#include <cstdint>

#include "common/math/int8_scan.h"
#include "common/math/scan_plane.h"

// What the scan asks of an instruction set; seen only by int8_*.cc of this folder.

namespace wordkin::scan {

// Small enough that the scores of eight queries stay in the first-level cache.
inline constexpr std::size_t kTileBlocks = 32;
inline constexpr std::size_t kTileRows = kTileBlocks * ScanPlane::kRowsPerBlock;
inline constexpr std::size_t kGroupBytes =
    ScanPlane::kRowsPerBlock * ScanPlane::kDimensionsPerGroup;

// A run of at most kTileBlocks blocks of a plane.
struct Tile {
  const std::uint8_t* blocks;
  const std::uint16_t* cosine_factors;
  std::size_t block_count;
  std::size_t group_count;
};

struct TileQueries {
  std::size_t count;             // 1 to kMaxScanQueries
  const std::uint32_t* words;    // (group_count x count): four signed bytes, the first one lowest
  const std::uint32_t* offsets;  // (count): what storing v + 128 adds to every dot product
  const float* thresholds;       // (count)
};

struct TileScores {
  alignas(64) float scores[kMaxScanQueries][kTileRows];
  // Bit r of above[query][block]: row r of the block scores higher than the query's threshold.
  alignas(64) std::uint16_t above[kMaxScanQueries][kTileBlocks];
};

// Fills scores and above for the tile's blocks and the queries given; the rest is left alone.
using TileKernel = void (*)(const Tile& tile, const TileQueries& queries, TileScores& result);

void ScoreTilePortable(const Tile& tile, const TileQueries& queries, TileScores& result);
#if defined(__x86_64__)
void ScoreTileAvx2(const Tile& tile, const TileQueries& queries, TileScores& result);
void ScoreTileAvx512Vnni(const Tile& tile, const TileQueries& queries, TileScores& result);
#endif

// The same for a NibblePlane's blocks and one query: words are (2 x group_count).
void ScoreNibblesPortable(const Tile& tile, const TileQueries& query, TileScores& result);
#if defined(__x86_64__)
void ScoreNibblesAvx2(const Tile& tile, const TileQueries& query, TileScores& result);
void ScoreNibblesAvx512Vnni(const Tile& tile, const TileQueries& query, TileScores& result);
#endif

// Int8Dot and Int8PairDot of int8_record.h.
inline constexpr std::size_t kFactorBytes = sizeof(float);
std::uint32_t DotPortable(const std::uint8_t* record, const std::int8_t* values,
                          std::size_t byte_count);
std::int32_t PairDotPortable(const std::uint8_t* a, const std::uint8_t* b, std::size_t byte_count);
#if defined(__x86_64__)
std::uint32_t DotAvx2(const std::uint8_t* record, const std::int8_t* values,
                      std::size_t byte_count);
std::int32_t PairDotAvx2(const std::uint8_t* a, const std::uint8_t* b, std::size_t byte_count);
std::uint32_t DotAvx512Vnni(const std::uint8_t* record, const std::int8_t* values,
                            std::size_t byte_count);
std::int32_t PairDotAvx512Vnni(const std::uint8_t* a, const std::uint8_t* b,
                               std::size_t byte_count);
#endif

}  // namespace wordkin::scan
