#include "cli/encoding/encoder_options.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/arguments.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/support/thread_check.h"

namespace wordkin::cli {

using contextual::EncoderPrecision;
using contextual::LayerRange;
using contextual::Pooling;

contextual::TextEncoder OpenEncoder(const Arguments& arguments) {
  const auto precision = arguments.Choose<EncoderPrecision>(
      "precision", {{"f32", EncoderPrecision::kFloat32}, {"int8", EncoderPrecision::kInt8}});
  return {arguments.Text("encoder"), precision};
}

LayerRange ChosenLayers(const Arguments& arguments, const contextual::Encoder& encoder) {
  const std::string text = arguments.Text("layer");
  const std::size_t last = encoder.layer_count();
  if (text == "last") return {last, last};
  if (text == "last4") return {last > 3 ? last - 3 : std::min<std::size_t>(last, 1), last};
  const std::optional<std::uint64_t> layer = ParseInteger(text);
  if (layer && *layer <= last) return {*layer, *layer};
  throw Error(ErrorKind::kUsage,
              "option '--layer' takes last, last4 or a layer of the encoder, 0 "
              "to " +
                  std::to_string(last) + ", not '" + text + "'");
}

Pooling ChosenPooling(const Arguments& arguments, const contextual::TextEncoder& encoder) {
  // What the model says is read only when it is asked, so that a choice can stand in for it.
  if (arguments.Text("pooling") == "model") return encoder.pooling();
  return arguments.Choose<Pooling>("pooling", {{"mean", Pooling::kMean},
                                               {"cls", Pooling::kCls},
                                               {"max", Pooling::kMax},
                                               {"none", Pooling::kNone}});
}

void RefuseInputAsOutput(const Arguments& arguments, const std::vector<std::string>& inputs,
                         const std::string& output) {
  for (const std::string& input : inputs) RefuseSameFile(input, output, "what is read");
  if (!arguments.Has("encoder")) return;
  std::error_code ignored;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(arguments.Text("encoder"), ignored)) {
    RefuseSameFile(file.path().string(), output, "the encoder");
  }
}

std::string CutNote(const contextual::TextEncoder::Pieces& pieces,
                    const contextual::TextEncoder& encoder) {
  return Counted(pieces.found, "piece", "pieces") + "; the model takes " +
         WithThousands(encoder.encoder().token_limit()) + ", and the rest was left out";
}

int ChosenThreads(const Arguments& arguments) {
  const int count = arguments.Has("threads") ? arguments.Int("threads") : ProcessorCount();
  RequireThreads(count);
  return count;
}

}  // namespace wordkin::cli
