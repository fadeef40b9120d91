#include "cli/machine.h"

#include <gtest/gtest.h>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin::cli {
namespace {

TEST(RequireMemory, RefusesWhatNoMachineHasAndNamesTheRemedy) {
  EXPECT_NO_THROW(RequireMemory(1, "work", "buy some"));
  const std::string refusal = Refusal(
      [] { RequireMemory(std::uint64_t{1} << 62, "work", "buy some"); }, ErrorKind::kInputOutput);
  EXPECT_TRUE(refusal.starts_with("work takes ")) << refusal;
  EXPECT_TRUE(refusal.ends_with(" are there; buy some")) << refusal;
}

}  // namespace
}  // namespace wordkin::cli
