#include <string>
#include <utility>

#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

constexpr BertNames kDistilBertNames = {.query = "attention.q_lin",
                                        .key = "attention.k_lin",
                                        .value = "attention.v_lin",
                                        .attention_output = "attention.out_lin",
                                        .attention_norm = "sa_layer_norm",
                                        .up = "ffn.lin1",
                                        .down = "ffn.lin2",
                                        .feed_forward_norm = "output_layer_norm"};
constexpr double kEpsilon = 1e-12;  // no value of the configuration

}  // namespace

// Sanh et al., arXiv 1910.01108: BERT without token types.
EncoderParts BuildDistilBert(Checkpoint& checkpoint, EncoderPrecision precision) {
  checkpoint.AllowPrefix("distilbert.");
  const ModelConfig& config = checkpoint.config();
  const std::size_t hidden = config.Count("dim");
  const std::size_t position_count = config.Count("max_position_embeddings");
  const BertSizes sizes = {
      .hidden = hidden, .intermediate = config.Count("hidden_dim"), .epsilon = kEpsilon};
  const auto read_layer = [&](const std::string& prefix) {
    return ReadBertLayer(checkpoint, prefix, kDistilBertNames, sizes, precision);
  };
  Embedding embedding = {
      .words =
          checkpoint.Rows("embeddings.word_embeddings.weight", config.Count("vocab_size"), hidden),
      .positions = checkpoint.Rows("embeddings.position_embeddings.weight", position_count, hidden),
      .first_position = 0,
      .everywhere = {},
      .norm = ReadNormalization(checkpoint, "embeddings.LayerNorm", hidden, kEpsilon),
      .projection = std::nullopt};
  return {.embedding = std::move(embedding),
          .plan = BertPlan(config, hidden, config.Count("n_heads"),
                           ReadActivation(config, "activation", "gelu")),
          .layers =
              ReadLayers(checkpoint, StackOf(config, "transformer.layer.", "n_layers"), read_layer),
          .final_norm = std::nullopt,
          .token_limit = position_count};
}

}  // namespace wordkin::contextual
