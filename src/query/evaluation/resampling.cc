#include "query/evaluation/resampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "common/support/parallel_for.h"
#include "common/support/random.h"

namespace wordkin::query {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

// The items of each group; each item by itself where there are no groups.
std::vector<std::vector<std::size_t>> Members(std::size_t item_count,
                                              std::span<const std::size_t> groups) {
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < item_count; ++i) members[groups.empty() ? i : groups[i]].push_back(i);
  std::vector<std::vector<std::size_t>> result;
  for (auto& [group, items] : members) result.push_back(std::move(items));
  return result;
}

// Between the two nearest of rising values, in proportion.
double Quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace

Interval BootstrapInterval(std::size_t item_count, std::span<const std::size_t> groups,
                           const SampleStatistic& statistic, const ResamplingOptions& options) {
  const std::vector<std::vector<std::size_t>> members = Members(item_count, groups);
  if (members.size() < 2) return {kNoNumber, kNoNumber};
  std::vector<double> values(options.sample_count);
  ParallelFor(values.size(), options.thread_count, [&](std::size_t sample) {
    Random random(MixSeeds(options.seed, sample));
    std::vector<std::uint32_t> times(item_count);
    for (std::size_t draw = 0; draw < members.size(); ++draw) {
      const auto drawn = random.Below(static_cast<std::uint32_t>(members.size()));
      for (const std::size_t item : members[drawn]) ++times[item];
    }
    values[sample] = statistic(times);
  });
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {kNoNumber, kNoNumber};
  std::ranges::sort(values);
  return {Quantile(values, 0.025), Quantile(values, 0.975)};
}

double MeanOfSample(std::span<const double> values, std::span<const std::uint32_t> times) {
  double sum = 0;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i] * times[i];
    count += times[i];
  }
  return count == 0 ? kNoNumber : sum / static_cast<double>(count);
}

SampledSpearman::SampledSpearman(std::span<const double> a, std::span<const double> b)
    : a_(OrderOf(a)), b_(OrderOf(b)) {}

SampledSpearman::Order SampledSpearman::OrderOf(std::span<const double> values) {
  std::vector<std::size_t> sorted(values.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::sort(sorted, {}, [&](std::size_t i) { return values[i]; });
  Order order{.level_of = std::vector<std::size_t>(values.size())};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || values[sorted[i]] != values[sorted[i - 1]]) ++order.level_count;
    order.level_of[sorted[i]] = order.level_count - 1;
  }
  return order;
}

// Of each level the mean rank that its items have in the sample.
std::vector<double> SampledSpearman::LevelRanks(const Order& order,
                                                std::span<const std::uint32_t> times) {
  std::vector<double> ranks(order.level_count);
  for (std::size_t i = 0; i < times.size(); ++i) ranks[order.level_of[i]] += times[i];
  double before = 0;
  for (double& rank : ranks) {
    const double count = rank;
    rank = before + (count + 1) / 2;
    before += count;
  }
  return ranks;
}

double SampledSpearman::operator()(std::span<const std::uint32_t> times) const {
  constexpr double kFewestSampled = 3;
  const std::vector<double> ranks_a = LevelRanks(a_, times);
  const std::vector<double> ranks_b = LevelRanks(b_, times);
  const double count = std::accumulate(times.begin(), times.end(), 0.0);
  if (count < kFewestSampled) return kNoNumber;
  // The mean of the ranks 1 ... count, whatever the ties.
  const double mean = (count + 1) / 2;
  double product = 0;
  double square_a = 0;
  double square_b = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double from_mean_a = ranks_a[a_.level_of[i]] - mean;
    const double from_mean_b = ranks_b[b_.level_of[i]] - mean;
    product += times[i] * from_mean_a * from_mean_b;
    square_a += times[i] * from_mean_a * from_mean_a;
    square_b += times[i] * from_mean_b * from_mean_b;
  }
  if (square_a == 0 || square_b == 0) return kNoNumber;
  return std::clamp(product / std::sqrt(square_a * square_b), -1.0, 1.0);
}

}  // namespace wordkin::query
