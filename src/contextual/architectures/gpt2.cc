#include <string>
#include <utility>

#include "common/support/error.h"
#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

// GPT-2 keeps its weights (inputs x outputs).
Linear ReadTransposed(const Checkpoint& checkpoint, const std::string& name, std::size_t inputs,
                      std::size_t outputs, EncoderPrecision precision) {
  std::vector<float> converted;
  const auto stored = checkpoint.View(name + ".weight", {inputs, outputs}, converted);
  std::vector<float> weights(stored.size());
  for (std::size_t input = 0; input < inputs; ++input) {
    for (std::size_t output = 0; output < outputs; ++output) {
      weights[output * inputs + input] = stored[input * outputs + output];
    }
  }
  return MakeLinear(checkpoint, weights, inputs, checkpoint.Read(name + ".bias", {outputs}),
                    precision);
}

}  // namespace

// Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.3: causal,
// norms before attention and feed-forward and one behind the last layer.
EncoderParts BuildGpt2(Checkpoint& checkpoint, EncoderPrecision precision) {
  checkpoint.AllowPrefix("transformer.");
  const ModelConfig& config = checkpoint.config();
  const std::size_t hidden = config.Count("n_embd");
  const std::size_t intermediate = config.Count("n_inner", 4 * hidden);
  const std::size_t position_count = config.Count("n_positions");
  const double epsilon = ReadEpsilon(config, "layer_norm_epsilon", 1e-5);
  if (!config.Flag("scale_attn_weights", true) ||
      config.Flag("scale_attn_by_inverse_layer_idx", false)) {
    throw config.Refusal("it scales attention in a way that Wordkin does not run");
  }
  LayerPlan plan = BertPlan(config, hidden, config.Count("n_head"),
                            ReadActivation(config, "activation_function", "gelu_new"));
  plan.is_causal = true;
  plan.normalizes_first = true;
  Embedding embedding = {.words = checkpoint.Rows("wte.weight", config.Count("vocab_size"), hidden),
                         .positions = checkpoint.Rows("wpe.weight", position_count, hidden),
                         .first_position = 0,
                         .everywhere = {},
                         .norm = std::nullopt,
                         .projection = std::nullopt};
  EncoderParts parts = {.embedding = std::move(embedding),
                        .plan = std::move(plan),
                        .layers = {},
                        .final_norm = ReadNormalization(checkpoint, "ln_f", hidden, epsilon),
                        .token_limit = position_count};
  const auto read_layer = [&](const std::string& name) {
    const auto linear = [&](const char* part, std::size_t inputs, std::size_t outputs) {
      return ReadTransposed(checkpoint, name + part, inputs, outputs, precision);
    };
    return TransformerLayer{
        .projections = linear("attn.c_attn", hidden, 3 * hidden),
        .attention_output = linear("attn.c_proj", hidden, hidden),
        .up = linear("mlp.c_fc", hidden, intermediate),
        .gate = std::nullopt,
        .down = linear("mlp.c_proj", intermediate, hidden),
        .attention_norm = ReadNormalization(checkpoint, name + "ln_1", hidden, epsilon),
        .feed_forward_norm = ReadNormalization(checkpoint, name + "ln_2", hidden, epsilon),
    };
  };
  parts.layers = ReadLayers(checkpoint, StackOf(config, "h.", "n_layer"), read_layer);
  return parts;
}

}  // namespace wordkin::contextual
