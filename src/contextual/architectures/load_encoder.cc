#include "contextual/architectures/load_encoder.h"

#include <algorithm>
#include <array>
#include <memory>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/architectures/architecture.h"

namespace wordkin::contextual {
namespace {

constexpr std::array kArchitectures = std::to_array<Architecture>({
    {"albert", BuildAlbert},
    {"bert", BuildBert},
    {"distilbert", BuildDistilBert},
    {"gpt2", BuildGpt2},
    {"roberta", BuildRoberta},
    {"t5", BuildT5},
});

const Architecture& FindArchitecture(const ModelConfig& config) {
  const std::string name = config.Text("model_type");
  const auto* found =
      std::ranges::find(kArchitectures, std::string_view(name), &Architecture::model_type);
  if (found != kArchitectures.end()) return *found;
  std::string known;
  for (const Architecture& each : kArchitectures) {
    known += (known.empty() ? "" : ", ") + std::string(each.model_type);
  }
  throw config.Refusal("it is a " + QuoteExcerpt(name) + " model; Wordkin runs " + known);
}

}  // namespace

Encoder LoadEncoder(const std::string& folder, EncoderPrecision precision) {
  auto checkpoint = std::make_unique<Checkpoint>(folder);
  EncoderParts parts = FindArchitecture(checkpoint->config()).build(*checkpoint, precision);
  return {std::move(checkpoint), std::move(parts)};
}

}  // namespace wordkin::contextual
