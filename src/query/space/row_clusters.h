#pragma once

#include <cstddef>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/math/spherical_k_means.h"

namespace wordkin::query {

struct ClusteredRow {
  std::size_t row;
  float cosine;  // to the centre of its cluster
};

struct RowCluster {
  std::vector<ClusteredRow> rows;  // one at least, the nearest to the centre first
  double mean_cosine = 0;
};

// Rows of length one in clusters by spherical k-means, the largest first and none empty: so there
// may be fewer than asked for where rows are alike. Throws kUsage when there are fewer rows than
// clusters. The same for any number of threads.
std::vector<RowCluster> ClusterRows(const AlignedMatrix& unit_rows,
                                    const SphericalKMeansOptions& options);

}  // namespace wordkin::query
