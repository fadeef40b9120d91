#include "common/support/option_range.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "common/support/error.h"

namespace wordkin {
namespace {

std::string RefusalOf(double value, double least, double most) {
  try {
    CheckRange("--rate", value, least, most);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(CheckRange, AllowsTheBoundsAndNamesThemBeyond) {
  EXPECT_EQ(RefusalOf(0.5, 0.5, 10), "");
  EXPECT_EQ(RefusalOf(10, 0.5, 10), "");
  EXPECT_EQ(RefusalOf(0.25, 0.5, 10), "--rate must be from 0.5 to 10, not 0.25");
  EXPECT_EQ(RefusalOf(11, 1e-6, 10), "--rate must be from 0.000001 to 10, not 11");
  EXPECT_EQ(RefusalOf(-100, 0, 1e9), "--rate must be from 0 to 1000000000, not -100");
}

TEST(CheckRange, RefusesWhatIsNoNumber) {
  EXPECT_EQ(RefusalOf(std::numeric_limits<double>::quiet_NaN(), 0, 1),
            "--rate must be from 0 to 1, not nan");
  EXPECT_EQ(RefusalOf(std::numeric_limits<double>::infinity(), 0, 1),
            "--rate must be from 0 to 1, not inf");
}

}  // namespace
}  // namespace wordkin
