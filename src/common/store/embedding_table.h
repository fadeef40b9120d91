#pragma once

#include "common/math/aligned_matrix.h"
#include "common/store/vocabulary.h"

namespace wordkin {

// Words and their vectors in memory: what a trainer makes, a format reader yields and the store
// writer takes. rows is (vocabulary.size() x dimension).
struct EmbeddingTable {
  Vocabulary vocabulary;
  AlignedMatrix rows;
};

}  // namespace wordkin
