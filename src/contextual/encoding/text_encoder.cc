#include "contextual/encoding/text_encoder.h"

#include <filesystem>
#include <future>
#include <utility>

#include "common/support/error.h"
#include "contextual/architectures/load_encoder.h"
#include "contextual/checkpoint/model_config.h"
#include "contextual/tokenizers/tokenizer_file.h"

namespace wordkin::contextual {
namespace {

void Cut(TokenizedText& text, std::size_t limit) {
  const std::size_t excess = text.size() - limit;
  const auto remove = [&](auto& values) {
    const auto end = values.end() - static_cast<std::ptrdiff_t>(text.trailing);
    values.erase(end - static_cast<std::ptrdiff_t>(excess), end);
  };
  remove(text.pieces);
  remove(text.offsets);
  remove(text.words);
  remove(text.ids);
}

}  // namespace

struct TextEncoder::Parts {
  std::unique_ptr<const Tokenizer> tokenizer;
  Encoder encoder;

  static Parts Load(const std::string& folder, EncoderPrecision precision) {
    auto tokenizer = std::async(std::launch::async, [&folder] { return ReadTokenizer(folder); });
    Encoder encoder = LoadEncoder(folder, precision);
    return {tokenizer.get(), std::move(encoder)};
  }
};

TextEncoder::TextEncoder(const std::string& folder, EncoderPrecision precision)
    : TextEncoder(Parts::Load(folder, precision)) {}

TextEncoder::TextEncoder(Parts parts)
    : tokenizer_(std::move(parts.tokenizer)), encoder_(std::move(parts.encoder)) {
  if (tokenizer_->vocabulary_size() > encoder_.vocabulary_size()) {
    throw Error(ErrorKind::kDamaged,
                "cannot use '" + encoder_.checkpoint().folder() + "': its tokenizer has " +
                    std::to_string(tokenizer_->vocabulary_size()) + " pieces, its weights " +
                    std::to_string(encoder_.vocabulary_size()) +
                    ": the files do not belong together");
  }
}

TextEncoder::Pieces TextEncoder::Tokenize(std::string_view text) const {
  Pieces pieces = {tokenizer_->Tokenize(text), 0};
  pieces.found = pieces.text.size();
  const std::size_t limit = encoder_.token_limit();
  if (pieces.found > limit && limit >= pieces.text.leading + pieces.text.trailing) {
    Cut(pieces.text, limit);
  }
  return pieces;
}

// sentence-transformers keeps it in a folder of its own.
Pooling TextEncoder::pooling() const {
  const std::filesystem::path path =
      std::filesystem::path(encoder_.checkpoint().folder()) / "1_Pooling" / "config.json";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return Pooling::kMean;
  const ModelConfig config(path.string());
  const bool cls = config.Flag("pooling_mode_cls_token", false);
  const bool max = config.Flag("pooling_mode_max_tokens", false);
  const bool mean = config.Flag("pooling_mode_mean_tokens", false);
  if (cls + max + mean != 1) {
    throw config.Refusal(
        "it asks for none of the poolings mean, cls and max, or for several of them; choose one "
        "with --pooling");
  }
  return cls ? Pooling::kCls : max ? Pooling::kMax : Pooling::kMean;
}

}  // namespace wordkin::contextual
