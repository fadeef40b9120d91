#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin {

struct SphericalKMeansOptions {
  std::size_t cluster_count = 1;  // 1 to the number of rows
  std::size_t beginnings = 10;    // the best outcome of as many is kept
  std::size_t most_rounds = 100;
  std::uint64_t seed = 1;
  int thread_count = 1;
  // Hears after each round how much of the rounds is done at least, 0 to 1.
  std::function<void(double)> progress = nullptr;
  // Once it is true, the outcome is what was at hand, and of no use.
  const std::atomic<bool>* stop = nullptr;
};

struct Clustering {
  std::vector<std::size_t> cluster_of;  // of each row
  AlignedMatrix centres;                // (cluster_count x dimension), of length one
  double fit = 0;                       // sum of the rows' cosines to their centres
};

// Parts rows of length one by the cosine to their cluster's mean: spherical k-means (Dhillon and
// Modha 2001) from k-means++ beginnings (Arthur and Vassilvitskii 2007). A cluster may end empty
// when rows are alike. The same for any number of threads.
Clustering SphericalKMeans(const AlignedMatrix& unit_rows, const SphericalKMeansOptions& options);

}  // namespace wordkin
