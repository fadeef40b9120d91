#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/checkpoint/checkpoint.h"
#include "contextual/encoder/encoder.h"

namespace wordkin::contextual {

// What the families' files have in common.

// What norms add to a variance. Throws kDamaged when it is beyond what any model has.
double ReadEpsilon(const ModelConfig& config, const std::string& key, double fallback);

// By Hugging Face's names: "gelu", "gelu_new", "gelu_pytorch_tanh", "relu"; 'fallback' is the one
// that the family has where its configuration names none.
Activation ReadActivation(const ModelConfig& config, const std::string& key,
                          const std::string& fallback);

// Throws kDamaged when the layer is too wide for the precision.
Linear MakeLinear(const Checkpoint& checkpoint, std::span<const float> weights, std::size_t inputs,
                  std::span<const float> bias, EncoderPrecision precision);
// Tensors 'name'.weight and 'name'.bias.
Linear ReadLinear(const Checkpoint& checkpoint, const std::string& name, std::size_t inputs,
                  std::size_t outputs, EncoderPrecision precision);
// The outputs of several layers with the same inputs, one behind the other.
Linear ReadJoinedLinear(const Checkpoint& checkpoint, std::span<const std::string> names,
                        std::size_t inputs, std::size_t outputs_each, EncoderPrecision precision);
// Their weights alone, (names * outputs_each x inputs).
std::vector<float> ReadJoinedWeights(const Checkpoint& checkpoint,
                                     std::span<const std::string> names, std::size_t inputs,
                                     std::size_t outputs_each);
Normalization ReadNormalization(const Checkpoint& checkpoint, const std::string& name,
                                std::size_t dimension, double epsilon);

// Layers that share their weights cost no tensors, only time.
inline constexpr std::size_t kMostLayers = 1000;

// Layers whose tensors' names begin with 'name', the layer's number and a dot.
struct LayerStack {
  std::string name;       // "encoder.layer."
  std::string count_key;  // of config.json, where 'count' is from
  std::size_t count;
};

// The count that 'key' has, which must be there.
LayerStack StackOf(const ModelConfig& config, const std::string& name, const std::string& key);

// What 'read' makes of each layer's beginning of names ("encoder.layer.0."), on the threads that
// OpenMP gives the caller. Throws kDamaged when the file has more layers than there should be.
std::vector<std::shared_ptr<const TransformerLayer>> ReadLayers(
    const Checkpoint& checkpoint, const LayerStack& stack,
    const std::function<TransformerLayer(const std::string& prefix)>& read);
void RefuseFurtherLayers(const Checkpoint& checkpoint, const LayerStack& stack);

// How a model splits its width into heads of equal width. Throws kDamaged when it cannot.
std::size_t HeadDimension(const ModelConfig& config, std::size_t dimension, std::size_t head_count);

// The sum of token, position and the first token type, normalised, as BERT names them.
Embedding ReadBertEmbedding(const Checkpoint& checkpoint, std::size_t width, double epsilon,
                            std::size_t first_position);

// BERT's kind of model: attention and feed-forward each followed by a norm.
struct BertNames {
  std::string_view query, key, value, attention_output, attention_norm, up, down, feed_forward_norm;
};
struct BertSizes {
  std::size_t hidden, intermediate;
  double epsilon;
};
TransformerLayer ReadBertLayer(const Checkpoint& checkpoint, const std::string& prefix,
                               const BertNames& names, const BertSizes& sizes,
                               EncoderPrecision precision);
LayerPlan BertPlan(const ModelConfig& config, std::size_t hidden, std::size_t head_count,
                   Activation activation);

}  // namespace wordkin::contextual
