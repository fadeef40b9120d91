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
  EncoderParts (*build)(Checkpoint& checkpoint, Precision precision);
};

EncoderParts BuildAlbert(Checkpoint& checkpoint, Precision precision);
EncoderParts BuildBert(Checkpoint& checkpoint, Precision precision);
EncoderParts BuildDistilBert(Checkpoint& checkpoint, Precision precision);
EncoderParts BuildGpt2(Checkpoint& checkpoint, Precision precision);
EncoderParts BuildRoberta(Checkpoint& checkpoint, Precision precision);
EncoderParts BuildT5(Checkpoint& checkpoint, Precision precision);

}  // namespace wordkin::contextual
