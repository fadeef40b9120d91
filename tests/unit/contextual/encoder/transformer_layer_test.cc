// What a layer computes is held against a plain one in tests/property/transformer_layer_test.cc.
#include "contextual/encoder/transformer_layer.h"

#include <gtest/gtest.h>

#include <new>
#include <vector>

#include "contextual/encoder/thread_limit.h"
#include "tests/unit/contextual/encoder/random_values.h"

namespace wordkin::contextual {
namespace {

Linear RandomLinear(std::size_t inputs, std::size_t outputs) {
  return {RandomValues(outputs * inputs, 1), inputs, {}, EncoderPrecision::kFloat32};
}

// An exception may not leave a region of OpenMP by itself: the program would end.
TEST(TransformerLayer, TellsThatItHasNoMemoryForAttention) {
#ifdef WORDKIN_IS_SANITIZED
  GTEST_SKIP() << "the sanitizer ends the program that asks for so much";
#endif
  constexpr std::size_t kWidth = 16, kTokens = 3;
  const Normalization norm = {std::vector<float>(kWidth, 1), std::vector<float>(kWidth), 1e-5f};
  const TransformerLayer layer = {.projections = RandomLinear(kWidth, 3 * kWidth),
                                  .attention_output = RandomLinear(kWidth, kWidth),
                                  .up = RandomLinear(kWidth, kWidth),
                                  .gate = std::nullopt,
                                  .down = RandomLinear(kWidth, kWidth),
                                  .attention_norm = norm,
                                  .feed_forward_norm = norm};
  LayerPlan plan;
  plan.head_count = 2;
  plan.head_dimension = std::size_t{1} << 44;  // of which no memory has room for a token
  const std::vector<std::int32_t> ids(kTokens);
  const std::vector<std::size_t> lengths = {kTokens};
  std::vector<float> states(ComputedRows(kTokens) * kWidth);
  for (const int thread_count : {1, 2}) {
    const ThreadLimit limit(thread_count);
    LayerScratch scratch;
    EXPECT_THROW(layer.Apply(plan, {ids, lengths}, scratch, states.data()), std::bad_alloc);
    // With less to do the same threads find memory again.
    LayerPlan usual = plan;
    usual.head_dimension = kWidth / usual.head_count;
    layer.Apply(usual, {ids, lengths}, scratch, states.data());
  }
}

}  // namespace
}  // namespace wordkin::contextual
