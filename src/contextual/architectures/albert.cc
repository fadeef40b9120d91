#include <string>
#include <utility>

#include "common/support/error.h"
#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

constexpr BertNames kAlbertNames = {.query = "attention.query",
                                    .key = "attention.key",
                                    .value = "attention.value",
                                    .attention_output = "attention.dense",
                                    .attention_norm = "attention.LayerNorm",
                                    .up = "ffn",
                                    .down = "ffn_output",
                                    .feed_forward_norm = "full_layer_layer_norm"};

}  // namespace

// Lan et al., arXiv 1909.11942: BERT with narrow embeddings and layers that share their weights.
EncoderParts BuildAlbert(Checkpoint& checkpoint, EncoderPrecision precision) {
  checkpoint.AllowPrefix("albert.");
  const ModelConfig& config = checkpoint.config();
  config.Require("position_embedding_type", "absolute");
  const std::size_t width = config.Count("embedding_size");
  const BertSizes sizes = {.hidden = config.Count("hidden_size"),
                           .intermediate = config.Count("intermediate_size"),
                           .epsilon = ReadEpsilon(config, "layer_norm_eps", 1e-12)};
  const std::size_t position_count = config.Count("max_position_embeddings");
  Embedding embedding = ReadBertEmbedding(checkpoint, width, sizes.epsilon, 0);
  embedding.projection =
      ReadLinear(checkpoint, "encoder.embedding_hidden_mapping_in", width, sizes.hidden, precision);
  EncoderParts parts = {.embedding = std::move(embedding),
                        .plan = BertPlan(config, sizes.hidden, config.Count("num_attention_heads"),
                                         ReadActivation(config, "hidden_act", "gelu_new")),
                        .layers = {},
                        .final_norm = std::nullopt,
                        .token_limit = position_count};

  const std::size_t layer_count = config.CountUpTo(kMostLayers, "num_hidden_layers");
  const std::size_t group_count = config.Count("num_hidden_groups", 1);
  if (config.Count("inner_group_num", 1) != 1) {
    throw config.Refusal("its 'inner_group_num' is not 1");
  }
  if (group_count > layer_count) throw config.Refusal("it has more groups than layers");
  const auto read_group = [&](const std::string& group) {
    const std::string layers = group + "albert_layers.";
    RefuseFurtherLayers(checkpoint, {.name = layers, .count_key = "inner_group_num", .count = 1});
    return ReadBertLayer(checkpoint, layers + "0.", kAlbertNames, sizes, precision);
  };
  const auto groups = ReadLayers(checkpoint,
                                 {.name = "encoder.albert_layer_groups.",
                                  .count_key = "num_hidden_groups",
                                  .count = group_count},
                                 read_group);
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    parts.layers.push_back(groups[layer * group_count / layer_count]);
  }
  return parts;
}

}  // namespace wordkin::contextual
