#pragma once

#include <cstddef>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/store/embedding_table.h"

namespace wordkin::query {

// All-but-the-top (Mu, Viswanath, arXiv 1702.01417): rows lose what they have in common, x becomes
// x - mean minus its parts along the few directions in which the rows vary most.

struct AllButTheTopOptions {
  std::size_t component_count = 1;  // directions taken away; 0: the mean alone
  bool center = true;               // take the mean away too
  int thread_count = 1;
};

// The same for any number of threads.
struct CommonParts {
  std::vector<double> mean;        // (dimension); zero when it is to stay
  std::vector<double> directions;  // (component_count x dimension), orthonormal, strongest first
  double share = 0;  // of the rows' sum of squares about 'mean' that lies along 'directions'
};

// The paper's rule of thumb: a hundredth of the dimension, rounded, at least 1.
std::size_t DefaultComponentCount(std::size_t dimension);

// Throws kUsage when that many components leave nothing of rows so many and so long, or when there
// is nothing to take away.
void CheckAllButTheTop(std::size_t row_count, std::size_t dimension,
                       const AllButTheTopOptions& options);

// The options checked as above. Takes memory for two matrices (dimension x dimension) of doubles.
CommonParts FindCommonParts(const AlignedMatrix& rows, const AllButTheTopOptions& options);

void RemoveCommonParts(const CommonParts& parts, int thread_count, AlignedMatrix& rows);

// The same with every row that words' vectors are made of, so that a word built from its n-grams
// changes as others do: the map keeps means. Leaves out output_rows, which no longer fit.
void RemoveCommonParts(const CommonParts& parts, int thread_count, EmbeddingTable& table);

}  // namespace wordkin::query
