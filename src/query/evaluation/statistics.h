#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace wordkin::query {

struct Interval {
  double low;
  double high;
};

// 95 % interval of a proportion (Wilson 1927); [0, 1] when nothing was asked.
Interval WilsonInterval(std::size_t successes, std::size_t trials);

// 1, 2, 3, ... by rising value; equal values share the mean of their ranks.
std::vector<double> Ranks(std::span<const double> values);

// Rank correlation, ties by mean rank; NaN with fewer than 3 values or no variation.
double SpearmanCorrelation(std::span<const double> a, std::span<const double> b);

// 95 % interval of a rank correlation by Fisher's transformation, variance 1.06 / (n - 3)
// (Fieller, Hartley, Pearson 1957).
Interval SpearmanInterval(double correlation, std::size_t pair_count);

}  // namespace wordkin::query
