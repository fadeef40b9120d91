#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {

class Arguments;

// Options of the commands that run an encoder, and what they make of them.

inline constexpr Option kEncoderOption = {
    .name = "encoder",
    .kind = ValueKind::kFile,
    .value_name = "DIR",
    .description = "folder of a model: config.json, model.safetensors and its tokenizer's files"};
inline constexpr Option kEncoderPrecisionOption = {
    .name = "precision",
    .kind = ValueKind::kChoice,
    .value_name = "f32|int8",
    .default_value = "f32",
    .description = "arithmetic of the encoder's products: int8 is faster and a little less exact"};
inline constexpr Option kLayerOption = {
    .name = "layer",
    .kind = ValueKind::kText,
    .value_name = "N|last|last4",
    .default_value = "last",
    .description =
        "the layer whose vectors are taken, 0 for the embeddings; last4 is the mean of "
        "the last four"};
inline constexpr Option kPoolingOption = {
    .name = "pooling",
    .kind = ValueKind::kChoice,
    .value_name = "model|mean|cls|max|none",
    .default_value = "model",
    .description =
        "how pieces become one vector: as the model's 1_Pooling says, else their mean; "
        "none gives all of them"};

// Where a text or word has one vector.
inline constexpr Option kOneVectorPoolingOption = {
    .name = "pooling",
    .kind = ValueKind::kChoice,
    .value_name = "model|mean|cls|max",
    .default_value = "model",
    .description = "how pieces become one vector: as the model's 1_Pooling says, else their mean"};

// On the threads that are chosen.
contextual::TextEncoder OpenEncoder(const Arguments& arguments);
// What --layer means by 'text'; nullopt when the encoder has no such layer.
std::optional<contextual::LayerRange> LayersNamed(const std::string& text,
                                                  const contextual::Encoder& encoder);
// Throws kUsage when the encoder has no such layer.
contextual::LayerRange ChosenLayers(const Arguments& arguments, const contextual::Encoder& encoder);
contextual::Pooling ChosenPooling(const Arguments& arguments,
                                  const contextual::TextEncoder& encoder);

// What is said of a text that was cut: "600 pieces; the model takes 512, and the rest was left
// out".
std::string CutNote(const contextual::TextEncoder::Pieces& pieces,
                    const contextual::TextEncoder& encoder);

// Throws kUsage when 'output' is one of the encoder's own files, or one of 'inputs' ('-' and texts
// that name no file are none).
void RefuseInputAsOutput(const Arguments& arguments, const std::vector<std::string>& inputs,
                         const std::string& output);

}  // namespace wordkin::cli
