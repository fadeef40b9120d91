#include <string>

#include "common/support/error.h"
#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

constexpr BertNames kBertNames = {.query = "attention.self.query",
                                  .key = "attention.self.key",
                                  .value = "attention.self.value",
                                  .attention_output = "attention.output.dense",
                                  .attention_norm = "attention.output.LayerNorm",
                                  .up = "intermediate.dense",
                                  .down = "output.dense",
                                  .feed_forward_norm = "output.LayerNorm"};

EncoderParts Build(const Checkpoint& checkpoint, EncoderPrecision precision,
                   std::size_t first_position) {
  const ModelConfig& config = checkpoint.config();
  config.Require("position_embedding_type", "absolute");
  if (config.Flag("is_decoder", false)) throw config.Refusal("it is a decoder");
  const BertSizes sizes = {.hidden = config.Count("hidden_size"),
                           .intermediate = config.Count("intermediate_size"),
                           .epsilon = ReadEpsilon(config, "layer_norm_eps", 1e-12)};
  const std::size_t position_count = config.Count("max_position_embeddings");
  if (position_count <= first_position) throw config.Refusal("it leaves no positions for tokens");
  const auto read_layer = [&](const std::string& prefix) {
    return ReadBertLayer(checkpoint, prefix, kBertNames, sizes, precision);
  };
  return {.embedding = ReadBertEmbedding(checkpoint, sizes.hidden, sizes.epsilon, first_position),
          .plan = BertPlan(config, sizes.hidden, config.Count("num_attention_heads"),
                           ReadActivation(config, "hidden_act", "gelu")),
          .layers = ReadLayers(checkpoint, StackOf(config, "encoder.layer.", "num_hidden_layers"),
                               read_layer),
          .final_norm = std::nullopt,
          .token_limit = position_count - first_position};
}

}  // namespace

// Devlin et al., arXiv 1810.04805.
EncoderParts BuildBert(Checkpoint& checkpoint, EncoderPrecision precision) {
  checkpoint.AllowPrefix("bert.");
  return Build(checkpoint, precision, 0);
}

// Liu et al., arXiv 1907.11692: BERT whose positions begin behind the one of padding.
EncoderParts BuildRoberta(Checkpoint& checkpoint, EncoderPrecision precision) {
  checkpoint.AllowPrefix("roberta.");
  return Build(checkpoint, precision, checkpoint.config().Index("pad_token_id", 1) + 1);
}

}  // namespace wordkin::contextual
