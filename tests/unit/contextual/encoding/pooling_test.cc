#include "contextual/encoding/pooling.h"

#include <gmock/gmock.h>

#include <vector>

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;

std::vector<float> Pooled(Pooling pooling, const std::vector<float>& states,
                          std::size_t dimension) {
  std::vector<float> pooled(PooledRows(pooling, states.size() / dimension) * dimension, -99);
  Pool(pooling, states, dimension, pooled);
  return pooled;
}

TEST(Pool, GivesMeanFirstAndLargestValues) {
  const std::vector<float> states = {1, -2, 3, -4, 5, -9};
  EXPECT_THAT(Pooled(Pooling::kMean, states, 2), ElementsAre(3, -5));
  EXPECT_THAT(Pooled(Pooling::kCls, states, 2), ElementsAre(1, -2));
  EXPECT_THAT(Pooled(Pooling::kMax, states, 2), ElementsAre(5, -2));
  EXPECT_EQ(Pooled(Pooling::kNone, states, 2), states);
}

TEST(Pool, LeavesASinglePieceAsItIs) {
  const std::vector<float> states = {0.25f, -1, 7};
  for (const Pooling pooling : {Pooling::kMean, Pooling::kCls, Pooling::kMax, Pooling::kNone}) {
    EXPECT_EQ(Pooled(pooling, states, 3), states);
  }
}

TEST(PooledRows, AreOneOrAll) {
  EXPECT_EQ(PooledRows(Pooling::kNone, 7), 7u);
  EXPECT_EQ(PooledRows(Pooling::kMean, 7), 1u);
  EXPECT_EQ(PooledRows(Pooling::kCls, 7), 1u);
  EXPECT_EQ(PooledRows(Pooling::kMax, 7), 1u);
}

}  // namespace
}  // namespace wordkin::contextual
