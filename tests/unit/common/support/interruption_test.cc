#include "common/support/interruption.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

#include "common/support/error.h"

namespace wordkin {
namespace {

class AwaitedInput : public testing::Test {
 protected:
  AwaitedInput() {
    Interruption::Clear();
    EXPECT_EQ(::pipe(ends_.data()), 0);
  }
  ~AwaitedInput() override {
    Interruption::Clear();
    for (const int end : ends_) ::close(end);
  }

  void ExpectInterrupted() const {
    try {
      AwaitInput(ends_[0]);
      ADD_FAILURE() << "not interrupted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
    }
  }

  std::array<int, 2> ends_{};
};

TEST_F(AwaitedInput, ComesWithBytesAndWithTheEnd) {
  ASSERT_EQ(::write(ends_[1], "x", 1), 1);
  EXPECT_NO_THROW(AwaitInput(ends_[0]));
  char byte = 0;
  ASSERT_EQ(::read(ends_[0], &byte, 1), 1);
  ::close(ends_[1]);
  EXPECT_NO_THROW(AwaitInput(ends_[0]));
  ends_[1] = ::dup(ends_[0]);
}

// No signal ends this thread's wait: it is not this thread that gets it.
TEST_F(AwaitedInput, IsGivenUpWhenAnotherThreadRequestsAnInterruption) {
  std::thread other([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_FALSE(Interruption::Request());
  });
  ExpectInterrupted();
  other.join();
  EXPECT_TRUE(Interruption::requested());
  EXPECT_TRUE(Interruption::Request());
}

TEST_F(AwaitedInput, IsGivenUpAtOnceAfterARequestAndNotAfterItIsCleared) {
  Interruption::Request();
  ASSERT_EQ(::write(ends_[1], "x", 1), 1);
  ExpectInterrupted();
  Interruption::Clear();
  EXPECT_FALSE(Interruption::requested());
  EXPECT_NO_THROW(AwaitInput(ends_[0]));
}

}  // namespace
}  // namespace wordkin
