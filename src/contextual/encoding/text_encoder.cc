#include "contextual/encoding/text_encoder.h"

#include <filesystem>
#include <future>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/architectures/load_encoder.h"
#include "contextual/checkpoint/model_config.h"
#include "contextual/encoder/thread_limit.h"
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

  static Parts Load(const std::string& folder, EncoderPrecision precision, int thread_count) {
    const auto when = thread_count > 1 ? std::launch::async : std::launch::deferred;
    auto tokenizer = std::async(when, [&folder] { return ReadTokenizer(folder); });
    const ThreadLimit threads(thread_count);
    Encoder encoder = LoadEncoder(folder, precision);
    return {tokenizer.get(), std::move(encoder)};
  }
};

TextEncoder::TextEncoder(const std::string& folder, EncoderPrecision precision, int thread_count)
    : TextEncoder(Parts::Load(folder, precision, thread_count)) {}

TextEncoder::TextEncoder(Parts parts)
    : tokenizer_(std::move(parts.tokenizer)), encoder_(std::move(parts.encoder)) {
  const Checkpoint& checkpoint = encoder_.checkpoint();
  const std::size_t pieces = tokenizer_->vocabulary_size(), rows = encoder_.vocabulary_size();
  // Weights are often padded to a round number of rows, by some in a thousand.
  if (pieces > rows || rows - pieces > rows / 10) {
    throw Error(ErrorKind::kDamaged, "cannot use '" + checkpoint.folder() +
                                         "': its tokenizer has " + std::to_string(pieces) +
                                         " pieces, its weights " + std::to_string(rows) +
                                         ": the files do not belong together");
  }
  const TokenizedText empty = tokenizer_->Tokenize("");
  const std::size_t around = empty.leading + empty.trailing;
  if (encoder_.token_limit() <= around) {
    throw checkpoint.config().Refusal(
        "it takes texts of " + std::to_string(encoder_.token_limit()) +
        " pieces at most, of which the tokenizer needs " + std::to_string(around) + " for itself");
  }
}

TextEncoder::Pieces TextEncoder::Tokenize(std::string_view text) const {
  Pieces pieces = {tokenizer_->Tokenize(text), 0};
  pieces.found = pieces.text.size();
  if (pieces.found > encoder_.token_limit()) Cut(pieces.text, encoder_.token_limit());
  return pieces;
}

// sentence-transformers keeps it in a folder of its own.
Pooling TextEncoder::pooling() const {
  const std::filesystem::path path =
      std::filesystem::path(encoder_.checkpoint().folder()) / "1_Pooling" / "config.json";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return Pooling::kMean;
  const ModelConfig config(path.string());
  const std::vector<std::string> asked = config.FlagsSet("pooling_mode_");
  const std::string only = asked.size() == 1 ? asked.front() : "";
  if (only == "pooling_mode_mean_tokens") return Pooling::kMean;
  if (only == "pooling_mode_cls_token") return Pooling::kCls;
  if (only == "pooling_mode_max_tokens") return Pooling::kMax;
  throw config.Refusal((asked.empty()  ? "it asks for no pooling"
                        : only.empty() ? "it asks for several poolings at once"
                                       : "it asks for " + QuoteExcerpt(only)) +
                       std::string("; choose mean, cls or max with --pooling"));
}

}  // namespace wordkin::contextual
