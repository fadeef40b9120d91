#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

constexpr std::size_t kMostPositions = 32'768;  // each has a value in a table, for every head

struct Sizes {
  std::size_t hidden, heads, head_dimension, intermediate;
  double epsilon;
};

// T5's norms and linear layers have no bias.
Normalization ReadNorm(const Checkpoint& checkpoint, const std::string& name, const Sizes& sizes) {
  return {checkpoint.Read(name + ".weight", {sizes.hidden}), {}, static_cast<float>(sizes.epsilon)};
}

Linear ReadPlainLinear(const Checkpoint& checkpoint, const std::string& name, std::size_t inputs,
                       std::size_t outputs, EncoderPrecision precision) {
  std::vector<float> converted;
  return MakeLinear(checkpoint, checkpoint.View(name + ".weight", {outputs, inputs}, converted),
                    inputs, {}, precision);
}

Linear ReadProjections(const Checkpoint& checkpoint, const std::string& attention,
                       const Sizes& sizes, EncoderPrecision precision) {
  const std::array names = {attention + "q", attention + "k", attention + "v"};
  const std::vector<float> weights =
      ReadJoinedWeights(checkpoint, names, sizes.hidden, sizes.heads * sizes.head_dimension);
  return MakeLinear(checkpoint, weights, sizes.hidden, {}, precision);
}

// The bucket of a distance (key - query): half of them for each direction, of which half for the
// first distances one by one, and the rest in steps that grow like the logarithm up to 'farthest'
// (section 2.1 of the paper).
std::size_t Bucket(std::ptrdiff_t distance, std::size_t bucket_count, std::size_t farthest) {
  const std::size_t half = bucket_count / 2, exact = half / 2;
  const auto steps = static_cast<std::size_t>(std::abs(distance));
  const std::size_t first = distance > 0 ? half : 0;
  if (steps < exact) return first + steps;
  const float ratio = std::log(static_cast<float>(steps) / static_cast<float>(exact)) /
                      std::log(static_cast<float>(farthest) / static_cast<float>(exact));
  const auto bucket = exact + static_cast<std::size_t>(ratio * static_cast<float>(half - exact));
  return first + std::min(bucket, half - 1);
}

DistanceBias ReadDistanceBias(const Checkpoint& checkpoint, const Sizes& sizes,
                              std::size_t longest) {
  const ModelConfig& config = checkpoint.config();
  const std::size_t bucket_count = config.Count("relative_attention_num_buckets", 32);
  const std::size_t farthest = config.Count("relative_attention_max_distance", 128);
  if (bucket_count < 4 || farthest <= bucket_count / 4) {
    throw config.Refusal("its buckets of distances are no such");
  }
  const std::vector<float> table =
      checkpoint.Read("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                      {bucket_count, sizes.heads});
  // Far more than any model has; what a small file asks for must not take much memory.
  constexpr std::size_t kMostDistances = std::size_t{4} << 20;
  if (sizes.heads * longest > kMostDistances) {
    throw config.Refusal("its heads and positions are too many");
  }
  DistanceBias bias = {.values = {}, .longest = longest};
  for (std::size_t head = 0; head < sizes.heads; ++head) {
    const auto limit = static_cast<std::ptrdiff_t>(longest);
    for (std::ptrdiff_t distance = 1 - limit; distance < limit; ++distance) {
      bias.values.push_back(table[Bucket(distance, bucket_count, farthest) * sizes.heads + head]);
    }
  }
  return bias;
}

// "relu" of the first T5, "gated-gelu" of version 1.1.
Activation ReadFeedForward(const ModelConfig& config, bool& is_gated) {
  const std::string name = config.Text("feed_forward_proj", "relu");
  is_gated = name.starts_with("gated-");
  if (name == "gated-gelu") return Activation::kGeluTanh;
  if (name == "relu" || name == "gated-relu") return Activation::kRelu;
  throw config.Refusal("its 'feed_forward_proj' is " + QuoteExcerpt(name) +
                       "; Wordkin knows relu, gated-relu and gated-gelu");
}

}  // namespace

// The encoder half of Raffel et al., arXiv 1910.10683.
EncoderParts BuildT5(Checkpoint& checkpoint, EncoderPrecision precision) {
  const ModelConfig& config = checkpoint.config();
  const Sizes sizes = {.hidden = config.Count("d_model"),
                       .heads = config.Count("num_heads"),
                       .head_dimension = config.Count("d_kv"),
                       .intermediate = config.Count("d_ff"),
                       .epsilon = ReadEpsilon(config, "layer_norm_epsilon", 1e-6)};
  // Distances have no end; this is what the model was trained on.
  const std::size_t token_limit =
      config.Has("n_positions") ? config.CountUpTo(kMostPositions, "n_positions") : 512;
  bool is_gated = false;
  const Activation activation = ReadFeedForward(config, is_gated);
  const std::size_t width = sizes.heads * sizes.head_dimension;
  Embedding embedding = {
      .words = checkpoint.Rows(
          checkpoint.Has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight",
          config.Count("vocab_size"), sizes.hidden),
      .positions = std::nullopt,
      .first_position = 0,
      .everywhere = {},
      .norm = std::nullopt,
      .projection = std::nullopt};
  LayerPlan plan = {.head_count = sizes.heads,
                    .head_dimension = sizes.head_dimension,
                    .attention_scale = 1,
                    .is_causal = false,
                    .normalizes_first = true,
                    .activation = activation,
                    .distance_bias = ReadDistanceBias(checkpoint, sizes, token_limit)};
  EncoderParts parts = {.embedding = std::move(embedding),
                        .plan = std::move(plan),
                        .layers = {},
                        .final_norm = ReadNorm(checkpoint, "encoder.final_layer_norm", sizes),
                        .token_limit = token_limit};
  const auto read_layer = [&](const std::string& block) {
    const std::string first = block + "layer.0.", second = block + "layer.1.";
    const std::string attention = first + "SelfAttention.", dense = second + "DenseReluDense.";
    const auto linear = [&](const std::string& name, std::size_t inputs, std::size_t outputs) {
      return ReadPlainLinear(checkpoint, name, inputs, outputs, precision);
    };
    TransformerLayer made = {
        .projections = ReadProjections(checkpoint, attention, sizes, precision),
        .attention_output = linear(attention + "o", width, sizes.hidden),
        .up = linear(dense + (is_gated ? "wi_0" : "wi"), sizes.hidden, sizes.intermediate),
        .gate = std::nullopt,
        .down = linear(dense + "wo", sizes.intermediate, sizes.hidden),
        .attention_norm = ReadNorm(checkpoint, first + "layer_norm", sizes),
        .feed_forward_norm = ReadNorm(checkpoint, second + "layer_norm", sizes),
    };
    if (is_gated) made.gate = linear(dense + "wi_1", sizes.hidden, sizes.intermediate);
    return made;
  };
  parts.layers =
      ReadLayers(checkpoint, StackOf(config, "encoder.block.", "num_layers"), read_layer);
  return parts;
}

}  // namespace wordkin::contextual
