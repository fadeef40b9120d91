#include "common/math/smooth_inverse_frequency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

TEST(SmoothInverseFrequencies, AreTheSmoothingOverItselfAndTheShare) {
  EXPECT_THAT(SmoothInverseFrequencies(std::vector<std::uint64_t>{900, 99, 1, 0}),
              ElementsAre(FloatNear(0.001f / 0.901f, 1e-7f), FloatNear(0.001f / 0.1f, 1e-7f),
                          FloatNear(0.5f, 1e-7f), 1.0f));
  EXPECT_THAT(SmoothInverseFrequencies(std::vector<std::uint64_t>{3, 1}, 0.25),
              ElementsAre(0.25f, 0.5f));
}

TEST(SmoothInverseFrequencies, AreOneWithoutCounts) {
  EXPECT_THAT(SmoothInverseFrequencies(std::vector<std::uint64_t>{0, 0}), ElementsAre(1.0f, 1.0f));
  EXPECT_THAT(SmoothInverseFrequencies({}), ElementsAre());
}

TEST(TakeAwayDirection, LeavesWhatIsAtRightAngles) {
  std::vector<float> row = {3, 4, 5};
  TakeAwayDirection(std::vector<float>{0.6f, 0.8f, 0}, row);
  EXPECT_THAT(row, ElementsAre(FloatNear(0, 1e-6f), FloatNear(0, 1e-6f), 5.0f));
}

TEST(TakeAwayDirection, LeavesNothingWhereNothingElseIs) {
  for (const float size : {1e-6f, 1.0f, 12345.678f}) {
    std::vector<float> row = {0.6f * size, 0.8f * size, 0};
    TakeAwayDirection(std::vector<float>{0.6f, 0.8f, 0}, row);
    EXPECT_THAT(row, ElementsAre(0.0f, 0.0f, 0.0f));
  }
}

TEST(TakeAwayDirection, IsTheSameForSmallAndLargeRows) {
  // Squares of the first are no float32 any more, and those of the last not yet.
  for (const float size : {1e-24f, 1e-12f, 1.0f, 1e22f}) {
    std::vector<float> row = {3 * size, 4 * size, 5 * size};
    TakeAwayDirection(std::vector<float>{0.6f, 0.8f, 0}, row);
    EXPECT_EQ(row[2], 5 * size);
    EXPECT_NEAR(row[0] / size, 0, 1e-6);
    row = {0.6f * size, 0.8f * size, 0};
    TakeAwayDirection(std::vector<float>{0.6f, 0.8f, 0}, row);
    EXPECT_THAT(row, ElementsAre(0.0f, 0.0f, 0.0f));
  }
}

}  // namespace
}  // namespace wordkin
