#include "query/questions/word_association.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

// Words on a circle, by their angle in degrees.
EmbeddingTable Circle(const std::vector<double>& angles) {
  WordRows words;
  for (const double angle : angles) {
    const double radians = angle * std::acos(-1.0) / 180;
    words.push_back(
        {"w" + std::to_string(words.size()),
         {static_cast<float>(std::cos(radians)), static_cast<float>(std::sin(radians))}});
  }
  return TableOf(words);
}

// 0 and 1 are the attributes at 0 and 90 degrees, so s = cos - sin.
double AssociationAt(double angle) {
  const double radians = angle * std::acos(-1.0) / 180;
  return std::cos(radians) - std::sin(radians);
}

TEST(TestAssociation, IsWhatAHandComputes) {
  // s: X 0.8660 - 0.5 = 0.3660 and 0.9848 - 0.1736 = 0.8112; Y -0.3660 and -0.8112.
  const OwnedStore store(Circle({0, 90, 30, 10, 60, 80}), Precision::kFloat32);
  const AssociationTest test =
      TestAssociation(*store, {.x = {2, 3}, .y = {4, 5}, .a = {0}, .b = {1}}, {});
  const double near = AssociationAt(30);
  const double far = AssociationAt(10);
  EXPECT_NEAR(near, 0.3660, 1e-4);
  EXPECT_NEAR(far, 0.8112, 1e-4);
  EXPECT_THAT(test.of_x, ElementsAre(DoubleNear(near, 1e-6), DoubleNear(far, 1e-6)));
  EXPECT_THAT(test.of_y, ElementsAre(DoubleNear(-near, 1e-6), DoubleNear(-far, 1e-6)));
  EXPECT_NEAR(test.statistic, 2 * (near + far), 1e-6);
  // Means 0.5886 and -0.5886; the squares add up to 1.5840, by three, the root 0.7266.
  EXPECT_NEAR(test.effect_size, (near + far) / std::sqrt(2 * (near * near + far * far) / 3), 1e-5);
  EXPECT_NEAR(test.effect_size, 1.6201, 1e-3);
  // Of the six ways to choose two of four, only the one observed has so large a sum.
  EXPECT_TRUE(test.is_exact);
  EXPECT_EQ(test.partition_count, 6u);
  EXPECT_NEAR(test.p_value, 1.0 / 6, 1e-12);
}

TEST(TestAssociation, CountsPartitionsThatAreAsLarge) {
  // s of X is 0 and 0.8112, of Y 0 and 0.8112: {x0, x1}, {x0, y1}, {y0, x1} and {y0, y1} tie, and
  // {x1, y1} is larger.
  const OwnedStore store(Circle({0, 90, 45, 10, 45, 10}), Precision::kFloat32);
  const AssociationTest test =
      TestAssociation(*store, {.x = {2, 3}, .y = {4, 5}, .a = {0}, .b = {1}}, {});
  EXPECT_NEAR(test.statistic, 0, 1e-6);
  EXPECT_NEAR(test.p_value, 5.0 / 6, 1e-12);
}

TEST(TestAssociation, KeepsTheSizesOfUnequalSets) {
  const OwnedStore store(Circle({0, 90, 5, 10, 15, 80, 70}), Precision::kFloat32);
  const AssociationTest test =
      TestAssociation(*store, {.x = {2, 3, 4}, .y = {5, 6}, .a = {0}, .b = {1}}, {});
  EXPECT_EQ(test.partition_count, 10u);
  EXPECT_NEAR(test.p_value, 0.1, 1e-12);
  // The other way round no partition is below.
  const AssociationTest reverse =
      TestAssociation(*store, {.x = {5, 6}, .y = {2, 3, 4}, .a = {0}, .b = {1}}, {});
  EXPECT_NEAR(reverse.p_value, 1, 1e-12);
  EXPECT_NEAR(reverse.effect_size, -test.effect_size, 1e-9);
}

TEST(TestAssociation, DrawsPartitionsWhenTheyAreMany) {
  std::vector<double> angles{0, 90};
  AssociationSets sets = {.x = {}, .y = {}, .a = {0}, .b = {1}};
  for (WordId word = 0; word < 16; ++word) {
    angles.push_back(5 * word + 3 * (word % 3));
    (word % 3 == 1 ? sets.y : sets.x).emplace_back(word + 2);
  }
  const OwnedStore store(Circle(angles), Precision::kFloat32);
  const AssociationTest exact = TestAssociation(*store, sets, {});
  EXPECT_EQ(exact.partition_count, 4368u);  // 16 over 5
  const AssociationOptions options = {.most_partitions = 4367, .seed = 3};
  const AssociationTest drawn = TestAssociation(*store, sets, options);
  EXPECT_FALSE(drawn.is_exact);
  EXPECT_EQ(drawn.partition_count, 4367u);
  EXPECT_NEAR(drawn.p_value, exact.p_value, 0.03);
  EXPECT_NE(drawn.p_value, exact.p_value);
  EXPECT_EQ(TestAssociation(*store, sets, options).p_value, drawn.p_value);
  EXPECT_TRUE(TestAssociation(*store, sets, {.most_partitions = 4368}).is_exact);
}

TEST(TestAssociation, HasNoEffectSizeWhereAllWordsAreAlike) {
  const OwnedStore store(Circle({0, 90, 20, 20, 20, 20}), Precision::kFloat32);
  const AssociationTest test =
      TestAssociation(*store, {.x = {2, 3}, .y = {4, 5}, .a = {0}, .b = {1}}, {});
  EXPECT_TRUE(std::isnan(test.effect_size));
  EXPECT_EQ(test.p_value, 1);
}

}  // namespace
}  // namespace wordkin::query
