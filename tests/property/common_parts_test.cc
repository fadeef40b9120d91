// Random tables lose their mean and their main directions, alike for any number of threads.

#include "query/space/all_but_the_top.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin::query {
namespace {

// Rows off the origin, with a few directions that weigh more than the others.
AlignedMatrix RandomRows(Random& random) {
  const std::size_t dimension = 2 + random.Below(80);
  const std::size_t row_count = dimension + 2 + random.Below(1500);
  AlignedMatrix rows = MakeTable(row_count, dimension, random.Next64()).rows;
  const std::vector<float> common(rows.Row(0).begin(), rows.Row(0).end());
  const std::vector<float> strong(rows.Row(1).begin(), rows.Row(1).end());
  for (std::size_t row = 0; row < row_count; ++row) {
    const float weight = 8 * (random.NextFloat() - 0.5f);
    for (std::size_t i = 0; i < dimension; ++i) {
      rows.Row(row)[i] += common[i] + weight * strong[i];
    }
  }
  return rows;
}

AlignedMatrix Copy(const AlignedMatrix& rows) {
  AlignedMatrix copy(rows.row_count(), rows.dimension());
  std::copy_n(rows.data(), rows.row_count() * rows.stride(), copy.data());
  return copy;
}

double DotProduct(std::span<const double> direction, std::span<const float> row) {
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += direction[i] * row[i];
  return sum;
}

double SumOfSquares(const AlignedMatrix& rows) {
  double sum = 0;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (const float value : rows.Row(row)) sum += static_cast<double>(value) * value;
  }
  return sum;
}

// Sum of squares along a direction of length one.
double StrengthOf(std::span<const double> direction, const AlignedMatrix& rows) {
  double sum = 0;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const double part = DotProduct(direction, rows.Row(row));
    sum += part * part;
  }
  return sum;
}

// Nearly that of the strongest direction, and no more: by powers of the rows' products.
double StrongestIn(const AlignedMatrix& rows, Random& random) {
  std::vector<double> direction(rows.dimension());
  for (double& value : direction) value = random.NextFloat() - 0.5;
  for (int step = 0; step < 20; ++step) {
    std::vector<double> next(rows.dimension());
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      const double part = DotProduct(direction, rows.Row(row));
      for (std::size_t i = 0; i < next.size(); ++i) next[i] += part * rows.Row(row)[i];
    }
    double square = 0;
    for (const double value : next) square += value * value;
    for (double& value : next) value /= std::sqrt(square);
    direction = next;
  }
  return StrengthOf(direction, rows);
}

void ExpectNothingInCommon(const CommonParts& parts, const AlignedMatrix& rows) {
  const std::size_t dimension = rows.dimension();
  std::vector<double> mean(dimension);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (std::size_t i = 0; i < dimension; ++i) mean[i] += rows.Row(row)[i];
    for (std::size_t first = 0; first < parts.directions.size(); first += dimension) {
      const auto direction = std::span(parts.directions).subspan(first, dimension);
      ASSERT_NEAR(DotProduct(direction, rows.Row(row)), 0, 1e-4);
    }
  }
  for (const double sum : mean) ASSERT_NEAR(sum / static_cast<double>(rows.row_count()), 0, 1e-5);
}

TEST(AllButTheTopOfRandomRows, HasNoMeanAndNothingAlongTheMainDirections) {
  const char* const given = std::getenv("WORDKIN_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
  std::printf("seed %llu (repeat with WORDKIN_TEST_SEED)\n", static_cast<unsigned long long>(seed));
  for (std::uint64_t repeat = 0; repeat < 20; ++repeat) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", repeat " + std::to_string(repeat));
    Random random(MixSeeds(seed, repeat));
    AlignedMatrix rows = RandomRows(random);
    AllButTheTopOptions options = {.component_count =
                                       random.Below(static_cast<std::uint32_t>(rows.dimension()))};
    const CommonParts parts = FindCommonParts(rows, options);

    AlignedMatrix centred = Copy(rows);
    RemoveCommonParts({parts.mean, {}, 0}, 1, centred);
    AlignedMatrix rest = Copy(rows);
    RemoveCommonParts(parts, 1, rest);
    ExpectNothingInCommon(parts, rest);
    EXPECT_NEAR(1 - SumOfSquares(rest) / SumOfSquares(centred), parts.share, 1e-5);
    if (options.component_count > 0) {
      const auto last = std::span(parts.directions).last(rows.dimension());
      EXPECT_GE(StrengthOf(last, centred) * (1 + 1e-5), StrongestIn(rest, random));
    }

    // What is gone cannot go again.
    AlignedMatrix again = Copy(rest);
    RemoveCommonParts({std::vector<double>(rows.dimension()), parts.directions, 0}, 1, again);
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      for (std::size_t i = 0; i < rows.dimension(); ++i) {
        ASSERT_NEAR(again.Row(row)[i], rest.Row(row)[i], 1e-5);
      }
    }
    for (const int thread_count : {2, 4}) {
      options.thread_count = thread_count;
      const CommonParts same = FindCommonParts(rows, options);
      EXPECT_EQ(same.mean, parts.mean);
      EXPECT_EQ(same.directions, parts.directions);
      AlignedMatrix threaded = Copy(rows);
      RemoveCommonParts(same, thread_count, threaded);
      EXPECT_TRUE(std::equal(threaded.data(),
                             threaded.data() + threaded.row_count() * threaded.stride(),
                             rest.data()));
    }
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace wordkin::query
