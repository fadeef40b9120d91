#include <algorithm>

#include "common/math/int8_scan_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// By function, not by file: see int8_scan_avx512vnni.cc.
#define WORDKIN_TARGET __attribute__((target("avx2,f16c")))

namespace wordkin::scan {
namespace {

constexpr std::size_t kPrefetchBytes = 6144;
constexpr std::size_t kRowsPerVector = 8;

// The products of a row's four bytes with a query's, added: one 32-bit sum a row. vpmaddubsw would
// saturate (2 x 255 x 127 does not fit 16 bits), so the even and the odd bytes are widened apart
// and each pair is multiplied and added exactly by vpmaddwd.
WORDKIN_TARGET inline __m256i PairProducts(__m256i rows, __m256i even_values, __m256i odd_values) {
  const __m256i even_rows = _mm256_and_si256(rows, _mm256_set1_epi16(0xFF));
  const __m256i odd_rows = _mm256_srli_epi16(rows, 8);
  return _mm256_add_epi32(_mm256_madd_epi16(even_rows, even_values),
                          _mm256_madd_epi16(odd_rows, odd_values));
}

// Scores and marks of one half of a block, for the query number 'q'.
WORDKIN_TARGET inline unsigned FinishHalf(const Tile& tile, const TileQueries& queries,
                                          std::size_t row, std::size_t q, __m256i sums,
                                          TileScores& result) {
  const __m256 factors =
      _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tile.cosine_factors + row)));
  const __m256 scores = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), factors);
  _mm256_store_ps(result.scores[q] + row, scores);
  const __m256 threshold = _mm256_set1_ps(queries.thresholds[q]);
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(scores, threshold, _CMP_GT_OQ)));
}

// One block for kQueries queries from first_query on; at most four, so that all sums stay in the
// sixteen registers.
template <std::size_t kQueries>
WORDKIN_TARGET void ScoreBlock(const Tile& tile, const TileQueries& queries, std::size_t block,
                               std::size_t first_query, TileScores& result) {
  __m256i low[kQueries];
  __m256i high[kQueries];
  for (std::size_t q = 0; q < kQueries; ++q) {
    low[q] = _mm256_set1_epi32(static_cast<int>(0u - queries.offsets[first_query + q]));
    high[q] = low[q];
  }
  const std::uint8_t* bytes = tile.blocks + block * tile.group_count * kGroupBytes;
  const std::uint32_t* words = queries.words + first_query;
  for (std::size_t group = 0; group < tile.group_count; ++group) {
    const auto* rows = reinterpret_cast<const __m256i*>(bytes);
    const __m256i low_rows = _mm256_loadu_si256(rows);
    const __m256i high_rows = _mm256_loadu_si256(rows + 1);
    _mm_prefetch(reinterpret_cast<const char*>(bytes) + kPrefetchBytes, _MM_HINT_T0);
    for (std::size_t q = 0; q < kQueries; ++q) {
      const __m256i word = _mm256_set1_epi32(static_cast<int>(words[q]));
      const __m256i even = _mm256_srai_epi16(_mm256_slli_epi16(word, 8), 8);
      const __m256i odd = _mm256_srai_epi16(word, 8);
      low[q] = _mm256_add_epi32(low[q], PairProducts(low_rows, even, odd));
      high[q] = _mm256_add_epi32(high[q], PairProducts(high_rows, even, odd));
    }
    bytes += kGroupBytes;
    words += queries.count;
  }
  const std::size_t row = block * ScanPlane::kRowsPerBlock;
  for (std::size_t q = 0; q < kQueries; ++q) {
    const std::size_t query = first_query + q;
    const unsigned low_marks = FinishHalf(tile, queries, row, query, low[q], result);
    const unsigned high_marks =
        FinishHalf(tile, queries, row + kRowsPerVector, query, high[q], result);
    result.above[query][block] =
        static_cast<std::uint16_t>(low_marks | high_marks << kRowsPerVector);
  }
}

}  // namespace

void ScoreTileAvx2(const Tile& tile, const TileQueries& queries, TileScores& result) {
  constexpr std::size_t kTogether = 4;
  using BlockKernel =
      void (*)(const Tile&, const TileQueries&, std::size_t, std::size_t, TileScores&);
  constexpr BlockKernel kByQueryCount[kTogether] = {ScoreBlock<1>, ScoreBlock<2>, ScoreBlock<3>,
                                                    ScoreBlock<4>};
  for (std::size_t block = 0; block < tile.block_count; ++block) {
    for (std::size_t q = 0; q < queries.count; q += kTogether) {
      const std::size_t count = std::min(kTogether, queries.count - q);
      kByQueryCount[count - 1](tile, queries, block, q, result);
    }
  }
}

WORDKIN_TARGET void ScoreNibblesAvx2(const Tile& tile, const TileQueries& query,
                                     TileScores& result) {
  const __m256i half = _mm256_set1_epi8(0xF);
  const __m256i ones = _mm256_set1_epi16(1);
  const std::uint8_t* bytes = tile.blocks;
  for (std::size_t block = 0; block < tile.block_count; ++block) {
    __m256i sums[2];
    for (__m256i& sum : sums) sum = _mm256_set1_epi32(static_cast<int>(0u - query.offsets[0]));
    for (std::size_t group = 0; group < tile.group_count; ++group, bytes += kGroupBytes) {
      const __m256i low_word = _mm256_set1_epi32(static_cast<int>(query.words[2 * group]));
      const __m256i high_word = _mm256_set1_epi32(static_cast<int>(query.words[2 * group + 1]));
      _mm_prefetch(reinterpret_cast<const char*>(bytes) + kPrefetchBytes, _MM_HINT_T0);
      for (std::size_t i = 0; i < 2; ++i) {
        const __m256i rows = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes) + i);
        // At most 4 x 15 x 127 in 16 bits.
        const __m256i products = _mm256_add_epi16(
            _mm256_maddubs_epi16(_mm256_and_si256(rows, half), low_word),
            _mm256_maddubs_epi16(_mm256_and_si256(_mm256_srli_epi16(rows, 4), half), high_word));
        sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(products, ones));
      }
    }
    const std::size_t row = block * ScanPlane::kRowsPerBlock;
    const unsigned low_marks = FinishHalf(tile, query, row, 0, sums[0], result);
    const unsigned high_marks = FinishHalf(tile, query, row + kRowsPerVector, 0, sums[1], result);
    result.above[0][block] = static_cast<std::uint16_t>(low_marks | high_marks << kRowsPerVector);
  }
}

WORDKIN_TARGET std::uint32_t DotAvx2(const std::uint8_t* record, const std::int8_t* values,
                                     std::size_t byte_count) {
  __m256i sums = _mm256_setzero_si256();
  for (std::size_t i = 0; i < byte_count; i += sizeof(__m256i)) {
    const __m256i rows = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(record + i));
    const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values + i));
    const __m256i even = _mm256_srai_epi16(_mm256_slli_epi16(words, 8), 8);
    const __m256i odd = _mm256_srai_epi16(words, 8);
    sums = _mm256_add_epi32(sums, PairProducts(rows, even, odd));
  }
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01'00'11'10));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b10'11'00'01));
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(four));
}

WORDKIN_TARGET std::int32_t PairDotAvx2(const std::uint8_t* a, const std::uint8_t* b,
                                        std::size_t byte_count) {
  // Signed bytes by unsigned ones: |a| times b with a's sign. Two products of at most 127 x 127 fit
  // the 16 bits of vpmaddubsw.
  const __m256i flip = _mm256_set1_epi8(static_cast<char>(ScanPlane::kZero));
  const __m256i no_factor = _mm256_setr_epi32(-1, -1, -1, -1, -1, -1, -1, 0);
  __m256i sums = _mm256_setzero_si256();
  for (std::size_t i = 0; i < byte_count; i += sizeof(__m256i)) {
    __m256i left =
        _mm256_xor_si256(flip, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m256i right =
        _mm256_xor_si256(flip, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    if (i + sizeof(__m256i) == byte_count) left = _mm256_and_si256(left, no_factor);
    const __m256i pairs =
        _mm256_maddubs_epi16(_mm256_abs_epi8(left), _mm256_sign_epi8(right, left));
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01'00'11'10));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b10'11'00'01));
  return _mm_cvtsi128_si32(four);
}

}  // namespace wordkin::scan

#endif
