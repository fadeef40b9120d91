#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "query/evaluation/statistics.h"

namespace wordkin::query {

struct ResamplingOptions {
  std::size_t sample_count = 2000;
  std::uint64_t seed = 1;
  int thread_count = 1;
};

// A statistic of a sample, told by how often it has each item. Called by several threads.
using SampleStatistic = std::function<double(std::span<const std::uint32_t> times)>;

// 95 % interval by the percentiles of the statistic over samples with as many items drawn with
// replacement (Efron 1979). Items of one group, where groups are given, are drawn together, as many
// groups as there are; NaN with fewer than two. Samples whose statistic is NaN do not count; NaN
// when there are no others.
// The same for any number of threads.
Interval BootstrapInterval(std::size_t item_count, std::span<const std::size_t> groups,
                           const SampleStatistic& statistic, const ResamplingOptions& options);

// Mean of the sampled items' values.
double MeanOfSample(std::span<const double> values, std::span<const std::uint32_t> times);

// SpearmanCorrelation of samples of some pairs, which are sorted once.
class SampledSpearman {
 public:
  // Of the same length, no NaN among them.
  SampledSpearman(std::span<const double> a, std::span<const double> b);

  // NaN with fewer than 3 pairs in the sample or no variation.
  double operator()(std::span<const std::uint32_t> times) const;

 private:
  // The values' order: equal ones have the same number, from 0 without gaps.
  struct Order {
    std::vector<std::size_t> level_of;
    std::size_t level_count = 0;
  };
  static Order OrderOf(std::span<const double> values);
  static std::vector<double> LevelRanks(const Order& order, std::span<const std::uint32_t> times);

  Order a_;
  Order b_;
};

}  // namespace wordkin::query
