#include <string>

#include "contextual/architectures/architecture.h"
#include "contextual/architectures/parts.h"

namespace wordkin::contextual {
namespace {

constexpr BertNames kNames = {.query = "attention.q_lin",
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
EncoderParts BuildDistilBert(Checkpoint& checkpoint, Precision precision) {
  checkpoint.AllowPrefix("distilbert.");
  const ModelConfig& config = checkpoint.config();
  const std::size_t hidden = config.Count("dim");
  const std::size_t position_count = config.Count("max_position_embeddings");
  EncoderParts parts = {
      .embedding = {.words = checkpoint.Rows("embeddings.word_embeddings.weight",
                                             config.Count("vocab_size"), hidden),
                    .positions = checkpoint.Rows("embeddings.position_embeddings.weight",
                                                 position_count, hidden),
                    .first_position = 0,
                    .everywhere = {},
                    .norm = ReadNormalization(checkpoint, "embeddings.LayerNorm", hidden, kEpsilon),
                    .projection = std::nullopt},
      .plan =
          BertPlan(config, hidden, config.Count("n_heads"), ReadActivation(config, "activation")),
      .layers = {},
      .final_norm = std::nullopt,
      .token_limit = position_count};
  const BertSizes sizes = {
      .hidden = hidden, .intermediate = config.Count("hidden_dim"), .epsilon = kEpsilon};
  const std::size_t layer_count = config.Count("n_layers");
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    const std::string prefix = "transformer.layer." + std::to_string(layer) + ".";
    parts.layers.push_back(std::make_shared<TransformerLayer>(
        ReadBertLayer(checkpoint, prefix, kNames, sizes, precision)));
  }
  return parts;
}

}  // namespace wordkin::contextual
