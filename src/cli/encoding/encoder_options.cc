#include "cli/encoding/encoder_options.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/arguments.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"

namespace wordkin::cli {

using contextual::EncoderPrecision;
using contextual::LayerRange;
using contextual::Pooling;

contextual::TextEncoder OpenEncoder(const Arguments& arguments) {
  const auto precision = arguments.Choose<EncoderPrecision>(
      "precision", {{"f32", EncoderPrecision::kFloat32}, {"int8", EncoderPrecision::kInt8}});
  return {arguments.Text("encoder"), precision, ChosenThreads(arguments)};
}

std::optional<LayerRange> LayersNamed(const std::string& text, const contextual::Encoder& encoder) {
  const std::size_t last = encoder.layer_count();
  if (text == "last") return LayerRange{last, last};
  if (text == "last4") {
    return LayerRange{last > 3 ? last - 3 : std::min<std::size_t>(last, 1), last};
  }
  const std::optional<std::uint64_t> layer = ParseInteger(text);
  if (layer && *layer <= last) return LayerRange{*layer, *layer};
  return std::nullopt;
}

LayerRange ChosenLayers(const Arguments& arguments, const contextual::Encoder& encoder) {
  const std::string text = arguments.Text("layer");
  if (const std::optional<LayerRange> layers = LayersNamed(text, encoder)) return *layers;
  throw Error(ErrorKind::kUsage,
              "option '--layer' takes last, last4 or a layer of the encoder, 0 "
              "to " +
                  std::to_string(encoder.layer_count()) + ", not '" + text + "'");
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
  for (const std::string& input : inputs) {
    RefuseSameFile(input, output, "which would be lost");
  }
  if (!arguments.Has("encoder")) return;
  const std::filesystem::path folder = arguments.Text("encoder");
  for (const std::filesystem::path& part : {folder, folder / "1_Pooling"}) {
    std::error_code failure;  // that of a folder which cannot be read is told when it is opened
    std::filesystem::directory_iterator file(part, failure);
    for (; !failure && file != std::filesystem::directory_iterator(); file.increment(failure)) {
      RefuseSameFile(file->path().string(), output, "which belongs to the encoder");
    }
  }
}

std::string CutNote(const contextual::TextEncoder::Pieces& pieces,
                    const contextual::TextEncoder& encoder) {
  return Counted(pieces.found, "piece", "pieces") + "; the model takes " +
         WithThousands(encoder.encoder().token_limit()) + ", and the rest was left out";
}

}  // namespace wordkin::cli
