#include "query/evaluation/paired_tests.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "common/support/parallel_for.h"
#include "common/support/random.h"

namespace wordkin::query {
namespace {

// Sums of the same differences in other orders differ by rounding, and count as equal.
constexpr double kRounding = 1e-9;

double SumWithSigns(std::span<const double> differences, const auto& is_flipped) {
  double sum = 0;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    sum += is_flipped(i) ? -differences[i] : differences[i];
  }
  return sum;
}

double AllSignsTest(std::span<const double> differences, double observed) {
  const std::uint64_t way_count = std::uint64_t{1} << differences.size();
  std::uint64_t as_far = 0;
  for (std::uint64_t ways = 0; ways < way_count; ++ways) {
    const double sum = SumWithSigns(differences, [ways](std::size_t i) { return ways >> i & 1; });
    as_far += std::abs(sum) >= observed - kRounding ? 1 : 0;
  }
  return static_cast<double>(as_far) / static_cast<double>(way_count);
}

// The share of samples in which 'distance' is at least 'observed', with the observed one as one of
// them: so it is never 0 (Phipson, Smyth 2010).
double ShareAsFar(double observed, const ResamplingOptions& options, const auto& distance) {
  std::atomic<std::size_t> as_far{1};
  ParallelFor(options.sample_count, options.thread_count, [&](std::size_t sample) {
    Random random(MixSeeds(options.seed, sample));
    if (distance(random) >= observed - kRounding) ++as_far;
  });
  return static_cast<double>(as_far) / static_cast<double>(options.sample_count + 1);
}

// Correlation of both with 'judged', the first's and the second's values exchanged where 'swaps'
// says so; the second less the first.
double CorrelationGap(std::span<const double> first, std::span<const double> second,
                      std::span<const double> judged, const auto& swaps) {
  struct Sums {
    double sum = 0, square = 0, product = 0;
    void Add(double value, double judgement) {
      sum += value;
      square += value * value;
      product += value * judgement;
    }
  };
  Sums sums_first;
  Sums sums_second;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const bool swapped = swaps();
    sums_first.Add(swapped ? second[i] : first[i], judged[i]);
    sums_second.Add(swapped ? first[i] : second[i], judged[i]);
  }
  // 'judged' has a mean of 0, so the others' means do not enter the products.
  const double count = static_cast<double>(judged.size());
  const auto slope = [count](const Sums& sums) {
    return sums.product / std::sqrt(sums.square - sums.sum * sums.sum / count);
  };
  return slope(sums_second) - slope(sums_first);
}

std::vector<double> CentredRanks(std::span<const double> values) {
  std::vector<double> ranks = Ranks(values);
  const double mean = static_cast<double>(values.size() + 1) / 2;
  for (double& rank : ranks) rank -= mean;
  return ranks;
}

}  // namespace

double McNemarTest(std::size_t only_first, std::size_t only_second) {
  const std::size_t count = only_first + only_second;
  const std::size_t fewer = std::min(only_first, only_second);
  // Of 'count' throws of a coin, the logarithm of the chance of i heads.
  const auto log_chance = [count](std::size_t i) {
    const auto log_factorial = [](std::size_t n) {
      return std::lgamma(static_cast<double>(n) + 1);
    };
    return log_factorial(count) - log_factorial(i) - log_factorial(count - i) -
           static_cast<double>(count) * std::numbers::ln2;
  };
  double tail = 0;
  for (std::size_t i = 0; i <= fewer; ++i) tail += std::exp(log_chance(i));
  return std::min(2 * tail, 1.0);
}

double SignFlipTest(std::span<const double> differences, const ResamplingOptions& options) {
  constexpr std::size_t kMostEnumerated = 20;
  const double observed = std::abs(SumWithSigns(differences, [](std::size_t) { return false; }));
  if (differences.size() <= kMostEnumerated &&
      (std::size_t{1} << differences.size()) <= options.sample_count) {
    return AllSignsTest(differences, observed);
  }
  return ShareAsFar(observed, options, [&](Random& random) {
    return std::abs(
        SumWithSigns(differences, [&random](std::size_t) { return random.Next64() >> 63; }));
  });
}

double SpearmanSwapTest(std::span<const double> first, std::span<const double> second,
                        std::span<const double> judged, const ResamplingOptions& options) {
  const std::vector<double> first_ranks = CentredRanks(first);
  const std::vector<double> second_ranks = CentredRanks(second);
  const std::vector<double> judged_ranks = CentredRanks(judged);
  if (std::isnan(SpearmanCorrelation(first, judged)) ||
      std::isnan(SpearmanCorrelation(second, judged))) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  // In units of the judgements' deviation, which is the same for all.
  double judged_square = 0;
  for (const double rank : judged_ranks) judged_square += rank * rank;
  const auto distance = [&](const auto& swaps) {
    return std::abs(CorrelationGap(first_ranks, second_ranks, judged_ranks, swaps)) /
           std::sqrt(judged_square);
  };
  return ShareAsFar(distance([] { return false; }), options, [&](Random& random) {
    return distance([&random] { return (random.Next64() >> 63) != 0; });
  });
}

std::vector<double> HolmAdjusted(std::span<const double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return p_values[i]; });
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  double highest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double raised = p_values[order[i]] * static_cast<double>(order.size() - i);
    highest = std::max(highest, std::min(raised, 1.0));
    adjusted[order[i]] = highest;
  }
  return adjusted;
}

}  // namespace wordkin::query
