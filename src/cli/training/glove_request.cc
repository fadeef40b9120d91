#include "cli/training/glove_request.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"
#include "train/glove/count_pairs.h"
#include "train/glove/glove_state.h"

namespace wordkin::cli {
namespace {

// Below it even a small corpus does not work.
constexpr std::uint64_t kLeastMemory = 16'000'000;
// Beside the state, for records on their way to and from the disk.
constexpr std::uint64_t kRecordRoom = 8'000'000;

// "4G", "1.5G", "800M": powers of 1000, as sizes are shown.
std::uint64_t ReadMemory(const std::string& text) {
  constexpr std::string_view kUnits = "KMGT";
  std::string digits = text;
  double factor = 1;
  if (!digits.empty()) {
    const std::size_t unit = kUnits.find(static_cast<char>(digits.back() & ~0x20));
    if (unit != std::string_view::npos) {
      digits.pop_back();
      for (std::size_t i = 0; i <= unit; ++i) factor *= 1000;
    }
  }
  const std::optional<double> number = ParseReal(digits);
  if (!number || *number * factor < static_cast<double>(kLeastMemory) || *number * factor > 1e18) {
    throw Error(ErrorKind::kUsage, "option '--memory' takes a size of at least " +
                                       HumanBytes(kLeastMemory) + ", as in 800M or 4G, not '" +
                                       text + "'");
  }
  return static_cast<std::uint64_t>(*number * factor);
}

std::uint64_t DefaultMemory() {
  const std::optional<std::uint64_t> available = AvailableMemoryBytes();
  return available ? std::max(*available / 4 * 3, kLeastMemory)
                   : train::GloveOptions().memory_bytes;
}

void RefuseOptions(const Arguments& arguments, std::initializer_list<const char*> options,
                   const std::string& reason) {
  for (const char* const option : options) {
    if (arguments.Has(option)) {
      throw Error(ErrorKind::kUsage, "--" + std::string(option) + " " + reason);
    }
  }
}

}  // namespace

GloveRequest ReadGloveRequest(const Arguments& arguments) {
  RefuseOptions(arguments,
                {"negative", "negative-exponent", "subsample", "cbow-gradient", "loss", "subwords",
                 "buckets", "subword-hash", "hashes", "schedule", "position-weights"},
                "is not for 'train glove'; see 'wordkin help train'");
  GloveRequest request;
  train::GloveOptions& options = request.options;
  options.dimension = arguments.Integer("dimension");
  if (arguments.Has("window")) options.window_radius = arguments.Int("window");
  options.x_max = arguments.Real("x-max");
  options.alpha = arguments.Real("alpha");
  if (arguments.Has("epochs")) options.epoch_count = arguments.Int("epochs");
  if (arguments.Has("learning-rate")) {
    options.learning_rate = static_cast<float>(arguments.Real("learning-rate"));
  }
  options.thread_count = ChosenThreads(arguments);
  options.seed = arguments.Integer("seed");
  options.memory_bytes =
      arguments.Has("memory") ? ReadMemory(arguments.Text("memory")) : DefaultMemory();
  if (arguments.Has("scratch-folder")) {
    options.scratch_folder = arguments.Text("scratch-folder");
    if (!std::filesystem::is_directory(options.scratch_folder)) {
      throw Error(ErrorKind::kInputOutput, "the scratch folder '" + options.scratch_folder +
                                               "' is no folder; make it or name another");
    }
  }
  request.keep_counts = arguments.Text("keep-counts");
  if (request.keep_counts == "-") {
    throw Error(ErrorKind::kUsage,
                "counts cannot be written to a pipe; name a file: --keep-counts FILE");
  }
  request.counts = arguments.Text("counts");
  train::CheckGloveOptions(options);
  if (request.counts.empty()) return request;
  RefuseOptions(arguments,
                {"window", "min-count", "max-vocabulary", "tokenizer", "phrases", "keep-counts",
                 "continue-from"},
                "is settled by --counts, which has been counted already; leave one of them out");
  if (arguments.positionals().size() > 1) {
    throw Error(ErrorKind::kUsage, "--counts takes the place of a corpus; leave '" +
                                       arguments.positionals()[1] + "' or --counts out");
  }
  return request;
}

void RefuseGloveOptions(const Arguments& arguments) {
  RefuseOptions(arguments, {"x-max", "alpha", "memory", "scratch-folder", "keep-counts", "counts"},
                "is for 'train glove'");
}

train::TrainingOptions SharedTrainingOptions(const GloveRequest& request) {
  train::TrainingOptions shared;
  shared.dimension = request.options.dimension;
  shared.window_radius = request.options.window_radius;
  shared.epoch_count = request.options.epoch_count;
  shared.learning_rate = request.options.learning_rate;
  shared.thread_count = request.options.thread_count;
  shared.seed = request.options.seed;
  return shared;
}

void ShareMemory(const GloveRequest& request, train::CorpusOptions& corpus) {
  corpus.memory_limit_bytes = request.options.memory_bytes / 4;
  corpus.scratch_folder = request.options.scratch_folder;
}

Json GloveOptionsJson(const GloveRequest& request) {
  const train::GloveOptions& options = request.options;
  Json json;
  json["model"] = "glove";
  json["dimension"] = options.dimension;
  json["window"] = options.window_radius;
  json["x_max"] = JsonNumber(options.x_max);
  json["alpha"] = JsonNumber(options.alpha);
  json["epochs"] = options.epoch_count;
  json["learning_rate"] = JsonNumber(options.learning_rate);
  return json;
}

void CheckGloveMemory(std::size_t vocabulary_size, const train::GloveOptions& options) {
  const std::uint64_t needed =
      std::max(train::LeastCountingMemory(vocabulary_size, options),
               train::GloveStateBytes(vocabulary_size, options) + kRecordRoom);
  const std::string attempt = "GloVe of " + Counted(vocabulary_size, "word", "words") + " x " +
                              std::to_string(options.dimension);
  if (needed > options.memory_bytes) {
    throw Error(ErrorKind::kInputOutput,
                attempt + " takes " + HumanBytes(needed) +
                    " of memory at least, and --memory allows " + HumanBytes(options.memory_bytes) +
                    "; raise it, lower --dimension or --max-vocabulary, or raise --min-count");
  }
  RequireMemory(needed, attempt, "lower --dimension or --max-vocabulary, or raise --min-count");
}

}  // namespace wordkin::cli
