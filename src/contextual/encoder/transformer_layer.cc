#include "contextual/encoder/transformer_layer.h"

#include <omp.h>

#include <algorithm>

#include "common/support/first_failure.h"
#include "contextual/encoder/attention.h"
#include "contextual/encoder/parallel_rows.h"

namespace wordkin::contextual {
namespace {

// The wide inner rows of so many tokens stay in the second-level cache.
constexpr std::size_t kFeedForwardRows = 128;

void Normalize(const Normalization& norm, const float* input, std::size_t row_count,
               float* output) {
  const std::size_t dimension = norm.gain.size();
  ForRows(row_count, dimension, [&](std::size_t begin, std::size_t end) {
    norm.Apply(input + begin * dimension, end - begin, output + begin * dimension);
  });
}

// All heads of all sequences.
void AttendAll(const LayerPlan& plan, const TokenTile& tile, const float* projections,
               float* context) {
  const std::size_t width = plan.head_count * plan.head_dimension;
  const auto attend = [&](std::size_t first, std::size_t length, std::size_t head) {
    const float* const query = projections + first * 3 * width + head * plan.head_dimension;
    AttentionHead work = {.query = query,
                          .key = query + width,
                          .value = query + 2 * width,
                          .input_stride = 3 * width,
                          .length = length,
                          .dimension = plan.head_dimension,
                          .scale = plan.attention_scale,
                          .is_causal = plan.is_causal};
    if (plan.distance_bias) {
      const std::size_t longest = plan.distance_bias->longest;
      work.distance_bias =
          plan.distance_bias->values.data() + head * (2 * longest - 1) + longest - 1;
    }
    Attend(work, context + first * width + head * plan.head_dimension, width);
  };
  constexpr std::size_t kWorthAThread = 100'000;  // multiplications: some microseconds
  FirstFailure failure;
  std::size_t first = 0;
  for (const std::size_t length : tile.lengths) {
    const bool is_worth = length * length * width > kWorthAThread && omp_get_max_threads() > 1;
#pragma omp parallel for schedule(static) if (is_worth)
    for (std::size_t head = 0; head < plan.head_count; ++head) {
      try {
        attend(first, length, head);
      } catch (...) {
        failure.Keep();
      }
    }
    failure.Rethrow();
    first += length;
  }
}

}  // namespace

void TransformerLayer::Apply(const LayerPlan& plan, const TokenTile& tile, LayerScratch& scratch,
                             float* states) const {
  const std::size_t token_count = tile.token_count();
  if (!plan.normalizes_first) {
    AddAttention(plan, tile, states, scratch, states);
    Normalize(attention_norm, states, token_count, states);
    AddFeedForward(plan, token_count, states, scratch, states);
    Normalize(feed_forward_norm, states, token_count, states);
    return;
  }
  float* const normalized =
      scratch.normalized.Reserve(ComputedRows(token_count) * projections.inputs());
  Normalize(attention_norm, states, token_count, normalized);
  AddAttention(plan, tile, normalized, scratch, states);
  Normalize(feed_forward_norm, states, token_count, normalized);
  AddFeedForward(plan, token_count, normalized, scratch, states);
}

void TransformerLayer::AddAttention(const LayerPlan& plan, const TokenTile& tile,
                                    const float* input, LayerScratch& scratch,
                                    float* states) const {
  const std::size_t computed = ComputedRows(tile.token_count());
  float* const projected = scratch.projections.Reserve(computed * projections.outputs());
  float* const context = scratch.context.Reserve(computed * attention_output.inputs());
  projections.Apply(input, tile.token_count(), scratch.linear, projected);
  AttendAll(plan, tile, projected, context);
  attention_output.ApplyAdding(context, tile.token_count(), scratch.linear, states);
}

void TransformerLayer::AddFeedForward(const LayerPlan& plan, std::size_t token_count,
                                      const float* input, LayerScratch& scratch,
                                      float* states) const {
  const std::size_t width = up.outputs();
  float* const inner = scratch.inner.Reserve(ComputedRows(kFeedForwardRows) * width);
  for (std::size_t begin = 0; begin < token_count; begin += kFeedForwardRows) {
    const std::size_t row_count = std::min(kFeedForwardRows, token_count - begin);
    const float* const rows = input + begin * up.inputs();
    up.Apply(rows, row_count, scratch.linear, inner);
    ForRows(row_count, width, [&](std::size_t first, std::size_t last) {
      Activate(plan.activation, inner + first * width, (last - first) * width);
    });
    if (gate) {
      float* const factors = scratch.gate.Reserve(ComputedRows(kFeedForwardRows) * width);
      gate->Apply(rows, row_count, scratch.linear, factors);
      MultiplyBy(inner, factors, row_count * width);
    }
    down.ApplyAdding(inner, row_count, scratch.linear, states + begin * down.outputs());
  }
}

}  // namespace wordkin::contextual
