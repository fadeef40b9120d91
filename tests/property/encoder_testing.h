#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "common/support/random.h"
#include "contextual/encoder/matrix_product.h"

namespace wordkin::contextual {

// The largest relative error of one operation in float32.
inline constexpr double kRoundingError = 0x1p-24;

// What lies behind the values that a kernel may write.
inline constexpr float kNotWritten = 12345.5f;

// Random cases, others in every run.
class EncoderProperty : public testing::Test {
 protected:
  void SetUp() override {
    const char* const given = std::getenv("WORDKIN_TEST_SEED");
    seed_ = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "seed " << seed_ << " (repeat with WORDKIN_TEST_SEED)\n";
  }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }

  // check(random) for each round, up to the first failure. Of every four rounds a sanitized
  // program, which looks for other mistakes and is slow, takes one.
  template <typename Check>
  void Repeat(std::uint64_t round_count, const Check& check) {
#ifdef WORDKIN_IS_SANITIZED
    round_count = (round_count + 3) / 4;
#endif
    for (std::uint64_t round = 0; round < round_count && !HasFailure(); ++round) {
      SCOPED_TRACE("round " + std::to_string(round));
      Random random(MixSeeds(seed_, round));
      check(random);
    }
  }

 private:
  std::uint64_t seed_ = 0;
};

// check() on each instruction set that the processor has, up to the first failure.
template <typename Check>
void OnEveryInstructionSet(const Check& check) {
  for (const std::string& set : AvailableInstructionSets()) {
    SCOPED_TRACE(set);
    UseInstructionSet(set);
    check();
    if (testing::Test::HasFailure()) return;
  }
}

// Loads oneDNN, which runs on the set that is in use then as long as the process lives. Returns
// that set.
inline const std::string& LoadOneDnn() {
  static const std::string set = [] {
    HasExactInt8Products();
    return ActiveInstructionSet();
  }();
  return set;
}

// 1 to 'most'.
inline std::size_t RandomSize(Random& random, std::uint32_t most) { return 1 + random.Below(most); }

// -1 to 1.
inline float RandomSign(Random& random) { return random.NextFloat() * 2 - 1; }

// Uniform about 0.
inline std::vector<float> UniformValues(Random& random, std::size_t count, float spread) {
  std::vector<float> values(count);
  for (float& value : values) value = spread * RandomSign(random);
  return values;
}

// What rows can be like: spread about 0, about a centre far from it, all equal, all zeros but one.
inline std::vector<float> RandomRow(Random& random, std::size_t count, float spread) {
  std::vector<float> values = UniformValues(random, count, spread);
  switch (random.Below(6)) {
    case 0: {
      const float centre = 100 * spread * RandomSign(random);
      for (float& value : values) value += centre;
      break;
    }
    case 1:
      std::ranges::fill(values, values[0]);
      break;
    case 2:
      std::fill(values.begin() + 1, values.end(), 0.0f);
      std::swap(values[0], values[random.Below(static_cast<std::uint32_t>(count))]);
      break;
  }
  return values;
}

// One of them.
template <typename Range>
auto Pick(Random& random, const Range& range) {
  return std::data(range)[random.Below(static_cast<std::uint32_t>(std::size(range)))];
}

inline double LargestMagnitude(std::span<const float> values) {
  double largest = 0;
  for (const float value : values) largest = std::max(largest, std::fabs(double{value}));
  return largest;
}

}  // namespace wordkin::contextual
