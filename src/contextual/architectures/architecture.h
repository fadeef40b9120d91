#pragma once

#include <string_view>

#include "contextual/checkpoint/checkpoint.h"
#include "contextual/encoder/encoder.h"

namespace wordkin::contextual {

// A family of encoders, by the name that config.json gives it. To add one: a file in this folder
// and a line in the table of load_encoder.cc.
struct Architecture {
  std::string_view model_type;
  // Throws kDamaged when configuration or tensors are not those of the family.
  EncoderParts (*build)(Checkpoint& checkpoint, EncoderPrecision precision);
};

EncoderParts BuildAlbert(Checkpoint& checkpoint, EncoderPrecision precision);
EncoderParts BuildBert(Checkpoint& checkpoint, EncoderPrecision precision);
EncoderParts BuildDistilBert(Checkpoint& checkpoint, EncoderPrecision precision);
EncoderParts BuildGpt2(Checkpoint& checkpoint, EncoderPrecision precision);
EncoderParts BuildRoberta(Checkpoint& checkpoint, EncoderPrecision precision);
EncoderParts BuildT5(Checkpoint& checkpoint, EncoderPrecision precision);

}  // namespace wordkin::contextual
