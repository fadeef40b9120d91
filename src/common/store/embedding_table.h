#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/store/format_settings.h"
#include "common/store/vocabulary.h"
#include "common/text/subwords.h"

namespace wordkin {

// The rows of n-gram buckets, from which a word that no row stands for gets its vector.
struct SubwordTable {
  SubwordOptions options;
  std::vector<std::uint32_t> buckets;  // those with a row, rising; the others' rows are zero
  AlignedMatrix rows;                  // (buckets.size() x dimension)
};

// Words and their vectors in memory: what a trainer makes, a format reader yields and the store
// writer takes. rows is (vocabulary.size() x dimension); with subwords, a word's row is the mean of
// its own row and its n-grams' rows (floret: of its buckets' rows).
struct EmbeddingTable {
  Vocabulary vocabulary;
  AlignedMatrix rows;
  std::optional<SubwordTable> subwords = {};
  // What training goes on from and other tools' files hold; each empty or (words x dimension).
  AlignedMatrix word_rows = {};    // with subwords: the words' own rows, before n-grams are added
  AlignedMatrix output_rows = {};  // the words as predictions (GloVe: as contexts)
  // What GloVe trains: each empty or (words x GloveRowFloats(dimension)).
  AlignedMatrix glove_word_rows = {};
  AlignedMatrix glove_context_rows = {};
  FormatSettings settings = {};  // of another tool's file
};

}  // namespace wordkin
