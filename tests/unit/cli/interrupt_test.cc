#include "cli/interrupt.h"

#include <gtest/gtest.h>

namespace wordkin::cli {
namespace {

TEST(InterruptGuard, TellsThatASignalCame) {
  ::signal(SIGINT, SIG_DFL);
  const InterruptGuard guard;
  EXPECT_FALSE(guard.stop());
  ::raise(SIGINT);
  EXPECT_TRUE(guard.stop());
}

// As a shell starts a job in the background.
TEST(InterruptGuard, LeavesASignalThatTheCallerIgnored) {
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGTERM, SIG_DFL);
  {
    const InterruptGuard guard;
    ::raise(SIGINT);
    EXPECT_FALSE(guard.stop());
    ::raise(SIGTERM);
    EXPECT_TRUE(guard.stop());
  }
  EXPECT_EQ(::signal(SIGINT, SIG_DFL), SIG_IGN);
  EXPECT_EQ(::signal(SIGTERM, SIG_DFL), SIG_DFL);
}

}  // namespace
}  // namespace wordkin::cli
