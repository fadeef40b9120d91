// A whole transformer layer, with every choice that an architecture has, against a plain one in
// double precision.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

#include "contextual/encoder/thread_limit.h"
#include "contextual/encoder/transformer_layer.h"
#include "tests/property/encoder_testing.h"

namespace wordkin::contextual {
namespace {

class TransformerLayerProperty : public EncoderProperty {
 protected:
  void SetUp() override {
    LoadOneDnn();
    EncoderProperty::SetUp();
  }
};

using Doubles = std::vector<double>;

struct PlainLinear {
  std::size_t inputs, outputs;
  std::vector<float> weights, bias;  // (outputs x inputs); bias may be empty

  PlainLinear(Random& random, std::size_t input_count, std::size_t output_count)
      : inputs(input_count), outputs(output_count) {
    const float spread = 1.5f / std::sqrt(static_cast<float>(inputs));
    weights = UniformValues(random, inputs * outputs, spread);
    if (random.Below(4) != 0) bias = UniformValues(random, outputs, 0.3f);
  }

  Linear Packed() const { return {weights, inputs, bias, EncoderPrecision::kFloat32}; }

  Doubles Apply(const Doubles& input) const {
    Doubles output;
    for (std::size_t row = 0; row < input.size() / inputs; ++row) {
      for (std::size_t column = 0; column < outputs; ++column) {
        double sum = bias.empty() ? 0 : bias[column];
        for (std::size_t i = 0; i < inputs; ++i) {
          sum += input[row * inputs + i] * weights[column * inputs + i];
        }
        output.push_back(sum);
      }
    }
    return output;
  }
};

Normalization RandomNormalization(Random& random, std::size_t dimension) {
  Normalization norm;
  norm.gain = UniformValues(random, dimension, 0.5f);
  for (float& gain : norm.gain) gain += 1;
  if (random.Below(3) != 0) norm.bias = UniformValues(random, dimension, 0.5f);
  return norm;
}

Doubles PlainNormalized(const Normalization& norm, const Doubles& input) {
  const std::size_t dimension = norm.gain.size();
  const auto count = static_cast<double>(dimension);
  Doubles output;
  for (std::size_t begin = 0; begin < input.size(); begin += dimension) {
    const auto row = std::span(input).subspan(begin, dimension);
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    const double mean = norm.bias.empty() ? 0 : sum / count;
    double squares = 0;
    for (const double value : row) squares += (value - mean) * (value - mean);
    const double divisor = std::sqrt(squares / count + norm.epsilon);
    for (std::size_t i = 0; i < dimension; ++i) {
      output.push_back((row[i] - mean) / divisor * norm.gain[i] +
                       (norm.bias.empty() ? 0 : norm.bias[i]));
    }
  }
  return output;
}

double PlainActivated(Activation activation, double x) {
  switch (activation) {
    case Activation::kGelu:
      return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
    case Activation::kGeluTanh:
      return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
    case Activation::kRelu:
      return std::max(x, 0.0);
  }
  return 0;
}

Doubles Added(Doubles to, const Doubles& from) {
  std::ranges::transform(from, to, to.begin(), std::plus<>());
  return to;
}

struct LayerCase {
  LayerPlan plan;
  std::size_t hidden, inner;
  std::vector<std::size_t> lengths;
  std::vector<float> states;
  PlainLinear projections, attention_output, up, gate, down;
  Normalization attention_norm, feed_forward_norm;
  bool has_gate;
  int thread_count;

  explicit LayerCase(Random& random)
      : plan(RandomPlan(random)),
        hidden(8 + random.Below(50)),
        inner(RandomSize(random, 100)),
        projections(random, hidden, 3 * width()),
        attention_output(random, width(), hidden),
        up(random, hidden, inner),
        gate(random, hidden, inner),
        down(random, inner, hidden),
        attention_norm(RandomNormalization(random, hidden)),
        feed_forward_norm(RandomNormalization(random, hidden)),
        has_gate(random.Below(2) == 0),
        thread_count(static_cast<int>(RandomSize(random, 2))) {
    // In one of three, more tokens than a run of the feed-forward part takes at once.
    const std::uint32_t longest = random.Below(3) == 0 ? 130 : 20;
    lengths.resize(RandomSize(random, 4));
    for (std::size_t& length : lengths) length = RandomSize(random, longest);
    states = UniformValues(random, token_count() * hidden, 2);
    if (random.Below(2) == 0) {
      plan.distance_bias =
          DistanceBias{UniformValues(random, plan.head_count * (2 * longest - 1), 3), longest};
    }
  }

  static LayerPlan RandomPlan(Random& random) {
    constexpr Activation kActivations[] = {Activation::kGelu, Activation::kGeluTanh,
                                           Activation::kRelu};
    LayerPlan plan;
    plan.head_count = RandomSize(random, 4);
    plan.head_dimension = RandomSize(random, 20);
    plan.attention_scale = 1 / std::sqrt(static_cast<float>(plan.head_dimension));
    plan.is_causal = random.Below(2) == 0;
    plan.normalizes_first = random.Below(2) == 0;
    plan.activation = Pick(random, kActivations);
    return plan;
  }

  std::size_t width() const { return plan.head_count * plan.head_dimension; }
  std::size_t token_count() const {
    return std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
  }

  // The states of sequences that are one tile.
  std::vector<float> Apply(std::span<const std::size_t> tile_lengths,
                           std::span<const float> tile_states) const {
    const ThreadLimit threads(thread_count);
    const std::size_t tokens = tile_states.size() / hidden;
    const TransformerLayer layer = {
        projections.Packed(), attention_output.Packed(),
        up.Packed(),          has_gate ? std::optional(gate.Packed()) : std::nullopt,
        down.Packed(),        attention_norm,
        feed_forward_norm};
    std::vector<float> result(ComputedRows(tokens) * hidden);
    std::ranges::copy(tile_states, result.begin());
    LayerScratch scratch;
    const std::vector<std::int32_t> ids(tokens);
    layer.Apply(plan, {ids, tile_lengths}, scratch, result.data());
    result.resize(tile_states.size());
    return result;
  }

  Doubles PlainApply() const {
    Doubles x(states.begin(), states.end());
    if (plan.normalizes_first) {
      x = Added(x, Attended(PlainNormalized(attention_norm, x)));
      return Added(x, FedForward(PlainNormalized(feed_forward_norm, x)));
    }
    x = PlainNormalized(attention_norm, Added(x, Attended(x)));
    return PlainNormalized(feed_forward_norm, Added(x, FedForward(x)));
  }

 private:
  Doubles Attended(const Doubles& input) const {
    const Doubles projected = projections.Apply(input);
    Doubles context(token_count() * width());
    std::size_t first = 0;
    for (const std::size_t length : lengths) {
      for (std::size_t head = 0; head < plan.head_count; ++head) {
        for (std::size_t query = 0; query < length; ++query) {
          AttendOne(projected, first, length, head, query, context);
        }
      }
      first += length;
    }
    return attention_output.Apply(context);
  }

  // Of the sequence from token 'first' on.
  void AttendOne(const Doubles& projected, std::size_t first, std::size_t length, std::size_t head,
                 std::size_t query, Doubles& context) const {
    const auto at = [&](std::size_t token, std::size_t part, std::size_t i) {
      return projected[(first + token) * 3 * width() + part * width() + head * plan.head_dimension +
                       i];
    };
    Doubles weights(plan.is_causal ? query + 1 : length);
    for (std::size_t key = 0; key < weights.size(); ++key) {
      double score = 0;
      for (std::size_t i = 0; i < plan.head_dimension; ++i)
        score += at(query, 0, i) * at(key, 1, i);
      score *= plan.attention_scale;
      if (plan.distance_bias) {
        const std::size_t longest = plan.distance_bias->longest;
        score += plan.distance_bias->values[head * (2 * longest - 1) + longest - 1 + key - query];
      }
      weights[key] = std::exp(score);
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i < plan.head_dimension; ++i) {
      double& value = context[(first + query) * width() + head * plan.head_dimension + i];
      for (std::size_t key = 0; key < weights.size(); ++key) {
        value += weights[key] / sum * at(key, 2, i);
      }
    }
  }

  Doubles FedForward(const Doubles& input) const {
    Doubles values = up.Apply(input);
    const Doubles factors = gate.Apply(input);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = PlainActivated(plan.activation, values[i]) * (has_gate ? factors[i] : 1);
    }
    return down.Apply(values);
  }
};

std::ostream& operator<<(std::ostream& out, const LayerCase& layer) {
  return out << layer.token_count() << " tokens in " << layer.lengths.size()
             << " sequences, hidden " << layer.hidden << ", heads " << layer.plan.head_count
             << " of " << layer.plan.head_dimension << ", inner " << layer.inner
             << (layer.has_gate ? ", gated" : "") << (layer.plan.is_causal ? ", causal" : "")
             << (layer.plan.normalizes_first ? ", norms first" : "")
             << (layer.plan.distance_bias ? ", distances" : "");
}

TEST_F(TransformerLayerProperty, AgreesWithDoublePrecision) {
  Repeat(12, [](Random& random) {
    const LayerCase layer(random);
    const Doubles expected = layer.PlainApply();
    UseInstructionSet(Pick(random, AvailableInstructionSets()));
    SCOPED_TRACE(ActiveInstructionSet());
    const std::vector<float> actual = layer.Apply(layer.lengths, layer.states);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(actual[i], expected[i], 1e-4)
          << layer << "; token " << i / layer.hidden << ", value " << i % layer.hidden;
    }
  });
}

TEST_F(TransformerLayerProperty, GivesASequenceTheSameAloneAndAmongOthers) {
  Repeat(6, [](Random& random) {
    const LayerCase layer(random);
    const std::vector<float> together = layer.Apply(layer.lengths, layer.states);
    std::size_t begin = 0;
    for (const std::size_t length : layer.lengths) {
      const std::size_t lengths[] = {length};
      const auto states = std::span(layer.states).subspan(begin, length * layer.hidden);
      const std::vector<float> alone = layer.Apply(lengths, states);
      for (std::size_t i = 0; i < alone.size(); ++i) {
        ASSERT_NEAR(alone[i], together[begin + i], 1e-4)
            << layer << "; token " << (begin + i) / layer.hidden;
      }
      begin += alone.size();
    }
  });
}

}  // namespace
}  // namespace wordkin::contextual
