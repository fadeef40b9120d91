#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin {

// The directions in which rows vary most (Pearson 1901; Jolliffe, "Principal Component Analysis"),
// the same for any number of threads.
struct PrincipalComponents {
  std::vector<double> mean;        // (dimension); zero when the rows were not centred
  std::vector<double> directions;  // (component_count x dimension), orthonormal, strongest first
  std::vector<double> variances;   // of the rows along each direction
  double share = 0;  // of the rows' sum of squares about 'mean' that lies along 'directions'

  std::size_t component_count() const { return variances.size(); }
  // The coordinates of 'row' along the directions, from 'mean'.
  void Project(std::span<const float> row, std::span<float> coordinates) const;
};

// component_count is at most the dimension; rows are at least one. Takes memory for two matrices
// (dimension x dimension) of doubles. Throws kDamaged when the values are no sensible numbers.
PrincipalComponents FindPrincipalComponents(const AlignedMatrix& rows, std::size_t component_count,
                                            bool centers, int thread_count);

}  // namespace wordkin
