#include "query/space/affinities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "common/support/random.h"

namespace wordkin::query {
namespace {

double PerplexityOf(const std::vector<double>& weights) {
  double entropy = 0;
  for (const double weight : weights) {
    if (weight > 0) entropy -= weight * std::log(weight);
  }
  return std::exp(entropy);
}

std::vector<double> RandomDistances(std::size_t count, double scale) {
  Random random(5);
  std::vector<double> distances;
  for (std::size_t i = 0; i < count; ++i) distances.push_back(scale * (0.1 + random.NextFloat()));
  return distances;
}

TEST(WeightsOfPerplexity, HaveThePerplexityAskedFor) {
  for (const double scale : {1e-6, 1.0, 1e6}) {
    for (const double perplexity : {1.5, 5.0, 30.0, 80.0}) {
      const std::vector<double> weights =
          WeightsOfPerplexity(RandomDistances(90, scale), perplexity);
      EXPECT_NEAR(PerplexityOf(weights), perplexity, 0.01) << scale;
      EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-12);
    }
  }
}

TEST(WeightsOfPerplexity, FallWithTheDistance) {
  const std::vector<double> weights = WeightsOfPerplexity(std::vector<double>{1, 2, 3, 5}, 2);
  EXPECT_GT(weights[0], weights[1]);
  EXPECT_GT(weights[1], weights[2]);
  EXPECT_GT(weights[2], weights[3]);
}

TEST(WeightsOfPerplexity, AreFiniteWhereNoPrecisionWillDo) {
  const auto expect = [](const std::vector<double>& distances, double perplexity,
                         const std::vector<double>& weights) {
    const std::vector<double> found = WeightsOfPerplexity(distances, perplexity);
    ASSERT_EQ(found.size(), weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(found[i], weights[i], 1e-3);
  };
  expect({}, 1, {});
  expect({0.7}, 1, {1});
  expect({0, 0, 0, 0}, 2, {0.25, 0.25, 0.25, 0.25});
  expect({0, 0, 1}, 1, {0.5, 0.5, 0});
  expect({0.3, 0.5}, 9, {0.5, 0.5});
}

TEST(JointAffinities, AreSymmetricAndAddUpToOne) {
  Random random(2);
  std::vector<std::vector<Neighbor>> neighbors(40);
  for (std::size_t row = 0; row < 40; ++row) {
    for (std::size_t step = 1; step <= 9; ++step) {
      neighbors[row].push_back({static_cast<WordId>((row + step * step) % 40), random.NextFloat()});
    }
  }
  const Affinities affinities = JointAffinities(neighbors, 3, 2);
  ASSERT_EQ(affinities.row_count(), 40u);
  std::vector<std::vector<double>> full(40, std::vector<double>(40));
  for (std::size_t row = 0; row < 40; ++row) {
    for (std::size_t at = affinities.begins[row]; at < affinities.begins[row + 1]; ++at) {
      EXPECT_TRUE(at == affinities.begins[row] ||
                  affinities.columns[at - 1] < affinities.columns[at]);
      full[row][affinities.columns[at]] = affinities.values[at];
    }
  }
  double sum = 0;
  for (std::size_t row = 0; row < 40; ++row) {
    EXPECT_EQ(full[row][row], 0);
    for (std::size_t column = 0; column < 40; ++column) {
      EXPECT_DOUBLE_EQ(full[row][column], full[column][row]);
      sum += full[row][column];
    }
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_EQ(JointAffinities(neighbors, 3, 1).values, JointAffinities(neighbors, 3, 4).values);
}

}  // namespace
}  // namespace wordkin::query
