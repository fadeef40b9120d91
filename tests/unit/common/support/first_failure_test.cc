#include "common/support/first_failure.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace wordkin {
namespace {

void KeepThrown(const std::string& message, FirstFailure& failure) {
  try {
    throw std::runtime_error(message);
  } catch (...) {
    failure.Keep();
  }
}

TEST(FirstFailure, ThrowsTheFirstAndNothingWhenThereWasNone) {
  FirstFailure failure;
  EXPECT_FALSE(failure.happened());
  EXPECT_NO_THROW(failure.Rethrow());
  KeepThrown("first", failure);
  KeepThrown("second", failure);
  EXPECT_TRUE(failure.happened());
  try {
    failure.Rethrow();
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(error.what(), std::string("first"));
  }
}

TEST(FirstFailure, IsKeptByAnyThread) {
  FirstFailure failure;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { KeepThrown("thrown", failure); });
  }
  EXPECT_THROW(failure.Rethrow(), std::runtime_error);
}

}  // namespace
}  // namespace wordkin
