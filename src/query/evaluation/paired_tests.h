#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "query/evaluation/resampling.h"

namespace wordkin::query {

// Two-sided p-values of the same items answered by two: how often chance alone would part them as
// far or farther.

// The exact test of McNemar (1947): of the items that one answers rightly and the other wrongly,
// 'only_first' are the first's and 'only_second' the second's. 1 when there are none.
double McNemarTest(std::size_t only_first, std::size_t only_second);

// The permutation test of a sum of differences: each keeps or changes its sign, in all ways where
// there are no more of those than samples, else at random.
double SignFlipTest(std::span<const double> differences, const ResamplingOptions& options);

// The permutation test of two Spearman's correlations with 'judged': the two's ranks of each pair
// are exchanged at random. NaN when one of the correlations is.
double SpearmanSwapTest(std::span<const double> first, std::span<const double> second,
                        std::span<const double> judged, const ResamplingOptions& options);

// Raised so that, of several tests of which none should find anything, one in twenty does (Holm
// 1979): in the order given. NaNs stay and do not count as tests.
std::vector<double> HolmAdjusted(std::span<const double> p_values);

}  // namespace wordkin::query
