#include "cli/training/training_request.h"

#include <array>
#include <optional>

#include "cli/date.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/shared_choices.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/corpus_reader.h"
#include "train/prediction/trainer.h"

namespace wordkin::cli {
namespace {

train::Model ReadModel(const std::string& name) {
  if (name == "skipgram") return train::Model::kSkipGram;
  if (name == "cbow") return train::Model::kCbow;
  constexpr std::array<std::string_view, 2> kNames = {"skipgram", "cbow"};
  const std::vector<std::string> near = NearestNames(name, kNames);
  throw Error(ErrorKind::kUsage,
              "there is no model '" + name + "'" +
                  (near.empty() ? "; there are skipgram and cbow" : DidYouMean(near)) +
                  "\nUsage: wordkin train skipgram|cbow CORPUS... -o FILE.kin");
}

train::TrainingOptions ReadTrainingOptions(const Arguments& arguments) {
  train::TrainingOptions options;
  options.model = ReadModel(arguments.positionals().front());
  options.dimension = arguments.Integer("dimension");
  options.window_radius = arguments.Int("window");
  options.negative_count = arguments.Int("negative");
  options.subsample_threshold = arguments.Real("subsample");
  options.epoch_count = arguments.Int("epochs");
  options.learning_rate = arguments.Has("learning-rate")
                              ? static_cast<float>(arguments.Real("learning-rate"))
                              : train::DefaultLearningRate(options.model);
  options.cbow_gradient = arguments.Choose<train::CbowGradient>(
      "cbow-gradient", {{"corrected", train::CbowGradient::kCorrected},
                        {"original", train::CbowGradient::kOriginal}});
  options.thread_count = arguments.Has("threads") ? arguments.Int("threads") : ProcessorCount();
  options.seed = arguments.Integer("seed");
  if (options.model != train::Model::kCbow && arguments.Has("cbow-gradient")) {
    throw Error(ErrorKind::kUsage, "--cbow-gradient is for 'train cbow'");
  }
  return options;
}

train::CorpusOptions ReadCorpusOptions(const Arguments& arguments, int thread_count) {
  train::CorpusOptions options;
  options.tokenizer = ChosenTokenizer(arguments);
  options.min_count = arguments.Integer("min-count");
  options.max_vocabulary = arguments.Integer("max-vocabulary");
  options.thread_count = thread_count;
  return options;
}

std::string ReadOutput(const Arguments& arguments) {
  const std::string output = arguments.Text("output");
  if (output == "-") {
    throw Error(ErrorKind::kUsage, "a .kin file cannot be written to a pipe; name a file: -o FILE");
  }
  return output;
}

void CheckDistinctFiles(const TrainingRequest& request) {
  for (const std::string& corpus : request.corpus_paths) {
    RefuseSameFile(corpus, request.output, "which would be lost");
    if (!request.event_log.empty()) {
      RefuseSameFile(corpus, request.event_log, "which would be lost");
    }
  }
  if (request.event_log.empty()) return;
  if (request.event_log == request.output) {
    throw Error(ErrorKind::kUsage, "--json-log and --output name the same file '" + request.output +
                                       "'; choose another for the log");
  }
  RefuseSameFile(request.output, request.event_log, "which would be lost");
}

}  // namespace

TrainingRequest ReadTrainingRequest(const Arguments& arguments) {
  TrainingRequest request;
  request.training = ReadTrainingOptions(arguments);
  train::CheckTrainingOptions(request.training);
  request.corpus = ReadCorpusOptions(arguments, request.training.thread_count);
  request.precision = ChosenPrecision(arguments);
  request.output = ReadOutput(arguments);
  request.event_log = arguments.Text("json-log");
  request.quiet = arguments.Has("quiet");
  const std::vector<std::string> corpus(arguments.positionals().begin() + 1,
                                        arguments.positionals().end());
  request.corpus_paths = ExpandCorpusPaths(corpus);
  CheckDistinctFiles(request);
  CheckSourceDate();
  return request;
}

std::string ModelName(train::Model model) {
  return model == train::Model::kCbow ? "cbow" : "skipgram";
}

std::string CbowGradientName(train::CbowGradient gradient) {
  return gradient == train::CbowGradient::kOriginal ? "original" : "corrected";
}

void CheckTrainingMemory(std::size_t vocabulary_size, const train::TrainingOptions& options) {
  const std::uint64_t needed = train::TrainingMemoryBytes(vocabulary_size, options);
  const std::optional<std::uint64_t> available = AvailableMemoryBytes();
  if (!available || needed <= *available) return;
  throw Error(ErrorKind::kInputOutput,
              "training " + Counted(vocabulary_size, "word", "words") + " x " +
                  std::to_string(options.dimension) + " takes " + HumanBytes(needed) +
                  " of memory, and " + HumanBytes(*available) +
                  " are there; lower --dimension or --max-vocabulary, or raise --min-count");
}

void CheckTrainingDisk(std::size_t vocabulary_size, const TrainingRequest& request) {
  // Planes do not compress and float32 hardly does; the words come on top, so this is a lower
  // bound.
  const double bytes_a_value = request.precision == Precision::kInt8       ? 1
                               : request.precision == Precision::kTwoPlane ? 2
                                                                           : 4.5;
  const auto needed =
      static_cast<std::uint64_t>(static_cast<double>(vocabulary_size) *
                                 static_cast<double>(request.training.dimension) * bytes_a_value);
  const std::optional<std::uint64_t> available = FreeDiskBytes(request.output);
  if (!available || needed <= *available) return;
  throw Error(ErrorKind::kInputOutput,
              "'" + request.output + "' will take " + HumanBytes(needed) + ", and its disk has " +
                  HumanBytes(*available) +
                  " left; free some, or choose --store int8 or a lower --dimension");
}

}  // namespace wordkin::cli
