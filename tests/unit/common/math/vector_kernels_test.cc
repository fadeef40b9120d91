#include "common/math/vector_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "common/support/error.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

std::vector<float> RandomVector(std::size_t size, Random& random) {
  std::vector<float> values(size);
  for (float& value : values) value = random.NextFloat() * 2 - 1;
  return values;
}

// Every kernel is tried on every instruction set that the processor has.
class VectorKernels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(VectorKernels, DotAgreesWithDoublePrecisionAtEveryLength) {
  Random random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    const std::vector<float> a = RandomVector(size, random);
    const std::vector<float> b = RandomVector(size, random);
    double expected = 0;
    for (std::size_t i = 0; i < size; ++i) expected += double{a[i]} * b[i];
    EXPECT_NEAR(Dot(a, b), expected, 1e-5) << size;
  }
}

TEST_P(VectorKernels, AddScaledChangesEveryPlace) {
  Random random(2);
  for (std::size_t size = 0; size < 100; ++size) {
    std::vector<float> target = RandomVector(size, random);
    const std::vector<float> before = target;
    const std::vector<float> source = RandomVector(size, random);
    AddScaled(target, 0.5f, source);
    for (std::size_t i = 0; i < size; ++i) {
      EXPECT_NEAR(target[i], before[i] + 0.5f * source[i], 1e-6) << size << " at " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, VectorKernels,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

TEST(Normalize, GivesLengthOneAndReturnsTheLengthBefore) {
  std::vector<float> values = {3, 0, -4};
  EXPECT_FLOAT_EQ(Normalize(values), 5);
  EXPECT_FLOAT_EQ(values[0], 0.6f);
  EXPECT_FLOAT_EQ(values[2], -0.8f);
}

TEST(Normalize, LeavesAZeroVectorAlone) {
  std::vector<float> values(5);
  EXPECT_EQ(Normalize(values), 0);
  EXPECT_EQ(values, std::vector<float>(5));
}

TEST(Normalize, KeepsTheDirectionOfTinyAndHugeVectors) {
  for (const float scale : {1e-40f, 1e-30f, 1e30f, 3e38f}) {
    std::vector<float> values = {scale, -scale};
    Normalize(values);
    EXPECT_NEAR(values[0], std::sqrt(0.5), 1e-6) << scale;
    EXPECT_NEAR(values[1], -std::sqrt(0.5), 1e-6) << scale;
  }
}

TEST(AllFinite, SeesOneBadValueAmongMany) {
  std::vector<float> values(100, 1.0f);
  EXPECT_TRUE(AllFinite(values));
  values[63] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(AllFinite(values));
  values[63] = -std::numeric_limits<float>::infinity();
  EXPECT_FALSE(AllFinite(values));
}

TEST(InstructionSet, NamesOneOfThoseAvailable) {
  const std::vector<std::string> available = AvailableInstructionSets();
  ASSERT_FALSE(available.empty());
  EXPECT_EQ(ActiveInstructionSet(), available.front());
  EXPECT_EQ(available.back(), "scalar");
}

TEST(InstructionSet, StaysAsChosen) {
  UseInstructionSet("scalar");
  EXPECT_EQ(ActiveInstructionSet(), "scalar");
  EXPECT_GT(AvailableInstructionSets().size(), 0u);  // looking changes nothing
  EXPECT_EQ(ActiveInstructionSet(), "scalar");
  UseInstructionSet(AvailableInstructionSets().front());
}

TEST(InstructionSet, RefusesUnknownNamesAndListsThoseThatWork) {
  try {
    UseInstructionSet("mmx");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("scalar"), std::string::npos);
  }
}

}  // namespace
}  // namespace wordkin
