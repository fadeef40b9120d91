#include "cli/html/box_placer.h"

#include <gtest/gtest.h>

#include "common/support/random.h"

namespace wordkin::cli {
namespace {

TEST(BoxPlacer, GivesNoPlaceTwice) {
  Random random(3);
  BoxPlacer placer({0, 0, 300, 200}, 17);
  std::vector<Box> placed;
  std::size_t refused = 0;
  for (int attempt = 0; attempt < 2000; ++attempt) {
    const double left = 320 * random.NextFloat() - 10;
    const double top = 220 * random.NextFloat() - 10;
    const Box box = {left, top, left + 1 + 40 * random.NextFloat(), top + 12};
    bool is_free = box.left >= 0 && box.top >= 0 && box.right <= 300 && box.bottom <= 200;
    for (const Box& other : placed) is_free = is_free && !other.Meets(box);
    ASSERT_EQ(placer.Place(box), is_free);
    is_free ? placed.push_back(box) : void(++refused);
  }
  EXPECT_GT(placed.size(), 100u);
  EXPECT_GT(refused, 100u);
}

TEST(BoxPlacer, LetsBoxesTouch) {
  BoxPlacer placer({0, 0, 20, 10}, 5);
  EXPECT_TRUE(placer.Place({0, 0, 10, 10}));
  EXPECT_TRUE(placer.Place({10, 0, 20, 10}));
}

TEST(BoxPlacer, KeepsClearOfWhatIsThereAlready) {
  BoxPlacer placer({0, 0, 100, 100}, 30);
  placer.Occupy({-50, 40, 150, 41});
  placer.Occupy({-50, 40, 150, 42});
  EXPECT_FALSE(placer.Place({10, 30, 20, 40.5}));
  EXPECT_TRUE(placer.Place({10, 30, 20, 40}));
}

TEST(BoxPlacer, TakesAFrameSmallerThanACell) {
  BoxPlacer placer({0, 0, 1, 1}, 50);
  EXPECT_FALSE(placer.Place({0, 0, 2, 1}));
  EXPECT_TRUE(placer.Place({0, 0, 1, 1}));
}

}  // namespace
}  // namespace wordkin::cli
