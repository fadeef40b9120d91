#include "common/math/int8_scan_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// The instruction set is named function by function, not by a flag for the file: a flag would also
// compile the headers' inline functions for it, and the linker may keep those copies for all.
#define WORDKIN_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

namespace wordkin::scan {
namespace {

// Ahead of the hardware's own prefetcher, which stops at every page's end.
constexpr std::size_t kPrefetchBytes = 6144;
// g++ 12 takes the unmasked conversions for reads of something uninitialised.
constexpr __mmask16 kAllRows = 0xFFFF;
constexpr __mmask32 kAllPairs = 0xFFFFFFFF;

WORDKIN_TARGET inline __m512 FactorsOf(const Tile& tile, std::size_t block) {
  const auto* factors = tile.cosine_factors + block * ScanPlane::kRowsPerBlock;
  return _mm512_maskz_cvtph_ps(kAllRows,
                               _mm256_loadu_si256(reinterpret_cast<const __m256i*>(factors)));
}

// Scores and marks of a block for query number 'q'.
WORDKIN_TARGET inline void FinishBlock(const TileQueries& queries, std::size_t block, std::size_t q,
                                       __m512i sums, __m512 factors, TileScores& result) {
  const __m512 scores = _mm512_mul_ps(_mm512_maskz_cvtepi32_ps(kAllRows, sums), factors);
  _mm512_store_ps(result.scores[q] + block * ScanPlane::kRowsPerBlock, scores);
  result.above[q][block] =
      _mm512_cmp_ps_mask(scores, _mm512_set1_ps(queries.thresholds[q]), _CMP_GT_OQ);
}

// kBlocks blocks at a time: independent sums hide the latency of vpdpbusd, and each load of a
// query's bytes serves them all.
template <std::size_t kQueries, std::size_t kBlocks>
WORDKIN_TARGET void ScoreBlocks(const Tile& tile, const TileQueries& queries,
                                std::size_t first_block, TileScores& result) {
  const std::size_t block_bytes = tile.group_count * kGroupBytes;
  const std::uint8_t* bytes = tile.blocks + first_block * block_bytes;
  __m512i sums[kQueries][kBlocks];
  for (std::size_t q = 0; q < kQueries; ++q) {
    for (std::size_t b = 0; b < kBlocks; ++b) {
      sums[q][b] = _mm512_set1_epi32(static_cast<int>(0u - queries.offsets[q]));
    }
  }
  const std::uint32_t* words = queries.words;
  for (std::size_t group = 0; group < tile.group_count; ++group, words += kQueries) {
    __m512i rows[kBlocks];
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const std::uint8_t* address = bytes + b * block_bytes + group * kGroupBytes;
      rows[b] = _mm512_loadu_si512(address);
      _mm_prefetch(reinterpret_cast<const char*>(address) + kPrefetchBytes, _MM_HINT_T0);
    }
    for (std::size_t q = 0; q < kQueries; ++q) {
      const __m512i word = _mm512_set1_epi32(static_cast<int>(words[q]));
      for (std::size_t b = 0; b < kBlocks; ++b) {
        sums[q][b] = _mm512_dpbusd_epi32(sums[q][b], rows[b], word);
      }
    }
  }
  for (std::size_t b = 0; b < kBlocks; ++b) {
    const __m512 factors = FactorsOf(tile, first_block + b);
    for (std::size_t q = 0; q < kQueries; ++q) {
      FinishBlock(queries, first_block + b, q, sums[q][b], factors, result);
    }
  }
}

// Four blocks at a time, for the same reason.
template <std::size_t kBlocks>
WORDKIN_TARGET void ScoreNibbleBlocks(const Tile& tile, const TileQueries& query,
                                      std::size_t first_block, TileScores& result) {
  const std::size_t block_bytes = tile.group_count * kGroupBytes;
  const std::uint8_t* bytes = tile.blocks + first_block * block_bytes;
  const __m512i half = _mm512_set1_epi8(0xF);
  __m512i sums[kBlocks];
  for (__m512i& sum : sums) sum = _mm512_set1_epi32(static_cast<int>(0u - query.offsets[0]));
  for (std::size_t group = 0; group < tile.group_count; ++group) {
    const __m512i low_word = _mm512_set1_epi32(static_cast<int>(query.words[2 * group]));
    const __m512i high_word = _mm512_set1_epi32(static_cast<int>(query.words[2 * group + 1]));
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const std::uint8_t* address = bytes + b * block_bytes + group * kGroupBytes;
      const __m512i rows = _mm512_loadu_si512(address);
      _mm_prefetch(reinterpret_cast<const char*>(address) + kPrefetchBytes, _MM_HINT_T0);
      sums[b] = _mm512_dpbusd_epi32(sums[b], _mm512_and_si512(rows, half), low_word);
      sums[b] = _mm512_dpbusd_epi32(
          sums[b], _mm512_and_si512(_mm512_maskz_srli_epi16(kAllPairs, rows, 4), half), high_word);
    }
  }
  for (std::size_t b = 0; b < kBlocks; ++b) {
    FinishBlock(query, first_block + b, 0, sums[b], FactorsOf(tile, first_block + b), result);
  }
}

template <std::size_t kQueries>
void ScoreAll(const Tile& tile, const TileQueries& queries, TileScores& result) {
  constexpr std::size_t kBlocks = kQueries <= 2 ? 4 : 2;
  std::size_t block = 0;
  for (; block + kBlocks <= tile.block_count; block += kBlocks) {
    ScoreBlocks<kQueries, kBlocks>(tile, queries, block, result);
  }
  for (; block < tile.block_count; ++block) {
    ScoreBlocks<kQueries, 1>(tile, queries, block, result);
  }
}

}  // namespace

void ScoreTileAvx512Vnni(const Tile& tile, const TileQueries& queries, TileScores& result) {
  constexpr TileKernel kByQueryCount[kMaxScanQueries] = {ScoreAll<1>, ScoreAll<2>, ScoreAll<3>,
                                                         ScoreAll<4>, ScoreAll<5>, ScoreAll<6>,
                                                         ScoreAll<7>, ScoreAll<8>};
  kByQueryCount[queries.count - 1](tile, queries, result);
}

void ScoreNibblesAvx512Vnni(const Tile& tile, const TileQueries& query, TileScores& result) {
  constexpr std::size_t kTogether = 4;
  std::size_t block = 0;
  for (; block + kTogether <= tile.block_count; block += kTogether) {
    ScoreNibbleBlocks<kTogether>(tile, query, block, result);
  }
  for (; block < tile.block_count; ++block) ScoreNibbleBlocks<1>(tile, query, block, result);
}

WORDKIN_TARGET std::uint32_t DotAvx512Vnni(const std::uint8_t* record, const std::int8_t* values,
                                           std::size_t byte_count) {
  // Half vectors: rows are short, and one step less remains for adding up.
  __m256i low = _mm256_setzero_si256();
  __m256i high = _mm256_setzero_si256();
  for (std::size_t i = 0; i < byte_count; i += 2 * sizeof(__m256i)) {
    const auto* rows = reinterpret_cast<const __m256i*>(record + i);
    const auto* words = reinterpret_cast<const __m256i*>(values + i);
    low = _mm256_dpbusd_epi32(low, _mm256_loadu_si256(rows), _mm256_loadu_si256(words));
    high = _mm256_dpbusd_epi32(high, _mm256_loadu_si256(rows + 1), _mm256_loadu_si256(words + 1));
  }
  const __m256i eight = _mm256_add_epi32(low, high);
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01'00'11'10));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b10'11'00'01));
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(four));
}

WORDKIN_TARGET std::int32_t PairDotAvx512Vnni(const std::uint8_t* a, const std::uint8_t* b,
                                              std::size_t byte_count) {
  // Signed bytes by unsigned ones: |a| times b with a's sign.
  const __m256i flip = _mm256_set1_epi8(static_cast<char>(ScanPlane::kZero));
  const __m256i no_factor = _mm256_setr_epi32(-1, -1, -1, -1, -1, -1, -1, 0);
  __m256i sums[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  for (std::size_t i = 0; i < byte_count; i += sizeof(__m256i)) {
    __m256i left =
        _mm256_xor_si256(flip, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m256i right =
        _mm256_xor_si256(flip, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    if (i + sizeof(__m256i) == byte_count) left = _mm256_and_si256(left, no_factor);
    __m256i& sum = sums[i / sizeof(__m256i) % 2];
    sum = _mm256_dpbusd_epi32(sum, _mm256_abs_epi8(left), _mm256_sign_epi8(right, left));
  }
  const __m256i eight = _mm256_add_epi32(sums[0], sums[1]);
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01'00'11'10));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b10'11'00'01));
  return _mm_cvtsi128_si32(four);
}

}  // namespace wordkin::scan

#endif
