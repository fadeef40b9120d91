#include "contextual/architectures/parts.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "common/support/first_failure.h"
#include "common/text/printable.h"
#include "contextual/encoder/thread_limit.h"

namespace wordkin::contextual {

double ReadEpsilon(const ModelConfig& config, const std::string& key, double fallback) {
  // Models have 1e-12 to 1e-3. Less than the least would be nothing in float32, and rows of equal
  // values NaN; more than the most would drown the variance.
  constexpr double kLeast = 1e-30, kMost = 0.1;
  return config.Between(kLeast, kMost, key, fallback);
}

Activation ReadActivation(const ModelConfig& config, const std::string& key,
                          const std::string& fallback) {
  const std::string name = config.Text(key, fallback);
  if (name == "gelu") return Activation::kGelu;
  if (name == "gelu_new" || name == "gelu_pytorch_tanh") return Activation::kGeluTanh;
  if (name == "relu") return Activation::kRelu;
  throw config.Refusal("its '" + key + "' is " + QuoteExcerpt(name) +
                       "; Wordkin knows gelu, gelu_new, gelu_pytorch_tanh and relu");
}

Linear MakeLinear(const Checkpoint& checkpoint, std::span<const float> weights, std::size_t inputs,
                  std::span<const float> bias, EncoderPrecision precision) {
  if (precision == EncoderPrecision::kInt8 && inputs > Linear::kMostInt8Inputs) {
    throw checkpoint.config().Refusal(
        "it has a layer of " + std::to_string(inputs) + " inputs, too wide for 8 bits (at most " +
        std::to_string(Linear::kMostInt8Inputs) + "); choose --precision f32");
  }
  return {weights, inputs, bias, precision};
}

Linear ReadLinear(const Checkpoint& checkpoint, const std::string& name, std::size_t inputs,
                  std::size_t outputs, EncoderPrecision precision) {
  std::vector<float> converted;
  return MakeLinear(checkpoint, checkpoint.View(name + ".weight", {outputs, inputs}, converted),
                    inputs, checkpoint.Read(name + ".bias", {outputs}), precision);
}

std::vector<float> ReadJoinedWeights(const Checkpoint& checkpoint,
                                     std::span<const std::string> names, std::size_t inputs,
                                     std::size_t outputs_each) {
  std::vector<float> weights, converted;
  for (const std::string& name : names) {
    const auto more = checkpoint.View(name + ".weight", {outputs_each, inputs}, converted);
    if (weights.empty()) weights.reserve(names.size() * more.size());  // the file has as many
    weights.insert(weights.end(), more.begin(), more.end());
  }
  return weights;
}

Linear ReadJoinedLinear(const Checkpoint& checkpoint, std::span<const std::string> names,
                        std::size_t inputs, std::size_t outputs_each, EncoderPrecision precision) {
  const std::vector<float> weights = ReadJoinedWeights(checkpoint, names, inputs, outputs_each);
  std::vector<float> bias;
  for (const std::string& name : names) {
    const std::vector<float> more = checkpoint.Read(name + ".bias", {outputs_each});
    bias.insert(bias.end(), more.begin(), more.end());
  }
  return MakeLinear(checkpoint, weights, inputs, bias, precision);
}

Normalization ReadNormalization(const Checkpoint& checkpoint, const std::string& name,
                                std::size_t dimension, double epsilon) {
  const bool is_old = checkpoint.Has(name + ".gamma");  // BERT's first files
  return {checkpoint.Read(name + (is_old ? ".gamma" : ".weight"), {dimension}),
          checkpoint.Read(name + (is_old ? ".beta" : ".bias"), {dimension}),
          static_cast<float>(epsilon)};
}

LayerStack StackOf(const ModelConfig& config, const std::string& name, const std::string& key) {
  return {.name = name, .count_key = key, .count = config.CountUpTo(kMostLayers, key)};
}

void RefuseFurtherLayers(const Checkpoint& checkpoint, const LayerStack& stack) {
  const std::string further = checkpoint.FirstNamed(stack.name + std::to_string(stack.count) + ".");
  if (further.empty()) return;
  throw checkpoint.config().Refusal("with '" + stack.count_key + "' at " +
                                    std::to_string(stack.count) + " it leaves out tensor '" +
                                    Excerpt(further) + "' of model.safetensors");
}

std::vector<std::shared_ptr<const TransformerLayer>> ReadLayers(
    const Checkpoint& checkpoint, const LayerStack& stack,
    const std::function<TransformerLayer(const std::string& prefix)>& read) {
  RefuseFurtherLayers(checkpoint, stack);
  std::vector<std::shared_ptr<const TransformerLayer>> layers(stack.count);
  FirstFailure failure;
#pragma omp parallel
  {
    const ThreadLimit one(1);
#pragma omp for schedule(dynamic)
    for (std::size_t layer = 0; layer < stack.count; ++layer) {
      if (failure.happened()) continue;
      try {
        layers[layer] = std::make_shared<const TransformerLayer>(
            read(stack.name + std::to_string(layer) + "."));
      } catch (...) {
        failure.Keep();
      }
    }
  }
  failure.Rethrow();
  return layers;
}

std::size_t HeadDimension(const ModelConfig& config, std::size_t dimension,
                          std::size_t head_count) {
  if (dimension % head_count != 0) {
    throw config.Refusal("its width of " + std::to_string(dimension) + " cannot be cut into " +
                         std::to_string(head_count) + " heads");
  }
  return dimension / head_count;
}

Embedding ReadBertEmbedding(const Checkpoint& checkpoint, std::size_t width, double epsilon,
                            std::size_t first_position) {
  const ModelConfig& config = checkpoint.config();
  const std::size_t type_count = config.Count("type_vocab_size", 2);
  std::vector<float> types =
      checkpoint.Read("embeddings.token_type_embeddings.weight", {type_count, width});
  types.resize(width);
  return {.words = checkpoint.Rows("embeddings.word_embeddings.weight", config.Count("vocab_size"),
                                   width),
          .positions = checkpoint.Rows("embeddings.position_embeddings.weight",
                                       config.Count("max_position_embeddings"), width),
          .first_position = first_position,
          .everywhere = std::move(types),
          .norm = ReadNormalization(checkpoint, "embeddings.LayerNorm", width, epsilon),
          .projection = std::nullopt};
}

TransformerLayer ReadBertLayer(const Checkpoint& checkpoint, const std::string& prefix,
                               const BertNames& names, const BertSizes& sizes,
                               EncoderPrecision precision) {
  const auto full = [&](std::string_view name) { return prefix + std::string(name); };
  const std::array projections = {full(names.query), full(names.key), full(names.value)};
  const std::size_t hidden = sizes.hidden;
  return {
      .projections = ReadJoinedLinear(checkpoint, projections, hidden, hidden, precision),
      .attention_output =
          ReadLinear(checkpoint, full(names.attention_output), hidden, hidden, precision),
      .up = ReadLinear(checkpoint, full(names.up), hidden, sizes.intermediate, precision),
      .gate = std::nullopt,
      .down = ReadLinear(checkpoint, full(names.down), sizes.intermediate, hidden, precision),
      .attention_norm =
          ReadNormalization(checkpoint, full(names.attention_norm), hidden, sizes.epsilon),
      .feed_forward_norm =
          ReadNormalization(checkpoint, full(names.feed_forward_norm), hidden, sizes.epsilon),
  };
}

LayerPlan BertPlan(const ModelConfig& config, std::size_t hidden, std::size_t head_count,
                   Activation activation) {
  const std::size_t head_dimension = HeadDimension(config, hidden, head_count);
  return {.head_count = head_count,
          .head_dimension = head_dimension,
          .attention_scale = 1.0f / std::sqrt(static_cast<float>(head_dimension)),
          .is_causal = false,
          .normalizes_first = false,
          .activation = activation,
          .distance_bias = std::nullopt};
}

}  // namespace wordkin::contextual
