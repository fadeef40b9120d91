#include "cli/training/training_request.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "cli/date.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "cli/shared_choices.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/corpus_reader.h"
#include "train/prediction/trainer.h"

namespace wordkin::cli {
namespace {

struct NamedModel {
  std::string_view name;
  train::Model model;
  bool has_subwords;  // unless --subwords says otherwise
};

constexpr NamedModel kModels[] = {
    {"skipgram", train::Model::kSkipGram, false},
    {"cbow", train::Model::kCbow, false},
    {"fasttext", train::Model::kSkipGram, true},
};

std::vector<std::string_view> ModelNames() {
  std::vector<std::string_view> names;
  for (const NamedModel& model : kModels) names.push_back(model.name);
  names.push_back("glove");
  return names;
}

const NamedModel& FindModel(const std::string& name) {
  for (const NamedModel& model : kModels) {
    if (model.name == name) return model;
  }
  const std::vector<std::string> near = NearestNames(name, ModelNames());
  throw Error(
      ErrorKind::kUsage,
      "there is no model '" + name + "'" +
          (near.empty() ? "; there are skipgram, cbow, fasttext and glove" : DidYouMean(near)) +
          "\nUsage: wordkin train skipgram|cbow|fasttext|glove CORPUS... -o FILE.kin");
}

// "3:6"
void ReadSubwordLengths(const std::string& text, SubwordOptions& options) {
  const auto read = [](std::string_view digits, std::uint32_t& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  const std::string_view view = text;
  const std::size_t colon = view.find(':');
  if (colon == std::string_view::npos || !read(view.substr(0, colon), options.minimum_length) ||
      !read(view.substr(colon + 1), options.maximum_length)) {
    throw Error(ErrorKind::kUsage,
                "--subwords takes the shortest and the longest n-gram, as in 3:6, or none; not '" +
                    text + "'");
  }
}

std::optional<SubwordOptions> ReadSubwords(const Arguments& arguments, const NamedModel& model) {
  if (arguments.Has("subwords") ? arguments.Text("subwords") == "none" : !model.has_subwords) {
    for (const char* const option : {"buckets", "subword-hash", "hashes"}) {
      if (!arguments.Has(option)) continue;
      throw Error(ErrorKind::kUsage, "--" + std::string(option) +
                                         " is for training with subwords: add --subwords 3:6");
    }
    if (model.has_subwords)
      throw Error(
          ErrorKind::kUsage,
          "'train fasttext' is skip-gram with subwords; without them it is 'train skipgram'");
    return std::nullopt;
  }
  SubwordOptions options;
  if (arguments.Has("subwords")) ReadSubwordLengths(arguments.Text("subwords"), options);
  options.hash = arguments.Choose<SubwordHash>(
      "subword-hash", {{"fasttext", SubwordHash::kFastText}, {"floret", SubwordHash::kFloret}});
  const bool is_floret = options.hash == SubwordHash::kFloret;
  if (is_floret) {
    options.bucket_count = 50'000;
    options.hash_count = 2;
  }
  if (arguments.Has("buckets")) {
    options.bucket_count = static_cast<std::uint32_t>(arguments.Integer("buckets"));
  }
  if (arguments.Has("hashes")) {
    options.hash_count = static_cast<std::uint32_t>(arguments.Integer("hashes"));
  }
  CheckSubwordOptions(options);
  return options;
}

void RefuseOptionsOfOthers(const Arguments& arguments, const train::TrainingOptions& options) {
  if (options.model != train::Model::kCbow && arguments.Has("cbow-gradient")) {
    throw Error(ErrorKind::kUsage, "--cbow-gradient is for 'train cbow'");
  }
  if (options.model != train::Model::kCbow && options.has_position_weights) {
    throw Error(ErrorKind::kUsage, "--position-weights is for 'train cbow'");
  }
  if (options.loss == train::Loss::kNegativeSampling) return;
  for (const char* const option : {"negative", "negative-exponent"}) {
    if (!arguments.Has(option)) continue;
    throw Error(ErrorKind::kUsage, "--" + std::string(option) + " is for --loss negative-sampling");
  }
}

train::TrainingOptions ReadTrainingOptions(const Arguments& arguments) {
  const NamedModel& model = FindModel(arguments.positionals().front());
  train::TrainingOptions options;
  options.model = model.model;
  options.subwords = ReadSubwords(arguments, model);
  options.loss = arguments.Choose<train::Loss>(
      "loss", {{"negative-sampling", train::Loss::kNegativeSampling},
               {"hierarchical-softmax", train::Loss::kHierarchicalSoftmax}});
  options.dimension = arguments.Integer("dimension");
  if (arguments.Has("window")) options.window_radius = arguments.Int("window");
  options.negative_count = arguments.Int("negative");
  options.negative_exponent = arguments.Has("negative-exponent")
                                  ? arguments.Real("negative-exponent")
                                  : train::DefaultNegativeExponent(options.subwords.has_value());
  options.subsample_threshold = arguments.Real("subsample");
  if (arguments.Has("epochs")) options.epoch_count = arguments.Int("epochs");
  options.learning_rate =
      arguments.Has("learning-rate")
          ? static_cast<float>(arguments.Real("learning-rate"))
          : train::DefaultLearningRate(options.model, options.subwords.has_value());
  options.cbow_gradient = arguments.Choose<train::CbowGradient>(
      "cbow-gradient", {{"corrected", train::CbowGradient::kCorrected},
                        {"original", train::CbowGradient::kOriginal}});
  options.schedule =
      arguments.Choose<train::Schedule>("schedule", {{"linear", train::Schedule::kLinear},
                                                     {"cosine", train::Schedule::kCosine},
                                                     {"quadratic", train::Schedule::kQuadratic}});
  options.has_position_weights = arguments.Has("position-weights");
  options.thread_count = ChosenThreads(arguments);
  options.reproducible = arguments.Has("reproducible");
  options.seed = arguments.Integer("seed");
  RefuseOptionsOfOthers(arguments, options);
  RefuseGloveOptions(arguments);
  return options;
}

train::CorpusOptions ReadCorpusOptions(const Arguments& arguments, int thread_count) {
  train::CorpusOptions options;
  options.tokenizer = ChosenTokenizer(arguments);
  options.min_count = arguments.Integer("min-count");
  options.max_vocabulary = arguments.Integer("max-vocabulary");
  if (options.max_vocabulary == 1) {
    throw Error(ErrorKind::kUsage,
                "--max-vocabulary 1 leaves one word, and training takes two or more; give a larger "
                "number, or 0 for all words");
  }
  options.thread_count = thread_count;
  return options;
}

std::optional<train::PhraseOptions> ReadPhrases(const Arguments& arguments, int thread_count) {
  const int pass_count = arguments.Int("phrases");
  if (pass_count > 0) return ReadPhraseOptions(arguments, "phrase-", pass_count, thread_count);
  for (const std::string_view name :
       {"phrase-score", "phrase-threshold", "phrase-threshold-fall", "phrase-joiner"}) {
    if (!arguments.Has(name)) continue;
    throw Error(ErrorKind::kUsage, "--" + std::string(name) +
                                       " says how phrases are joined; ask "
                                       "for them with --phrases 2, say");
  }
  return std::nullopt;
}

std::string ReadOutput(const Arguments& arguments) {
  const std::string output = arguments.Text("output");
  if (output == "-") {
    throw Error(ErrorKind::kUsage, "a .kin file cannot be written to a pipe; name a file: -o FILE");
  }
  return output;
}

void ReadPauses(const Arguments& arguments, TrainingRequest& request) {
  if (arguments.Has("checkpoint-every")) {
    const std::string text = arguments.Text("checkpoint-every");
    const std::optional<double> seconds = ParseDuration(text);
    if (!seconds) {
      throw Error(ErrorKind::kUsage,
                  "--checkpoint-every takes a time, as in 10m, 90s or 2h; not '" + text + "'");
    }
    request.checkpoint_seconds = *seconds;
  }
  request.evaluation_files = arguments.Texts("evaluate-with");
  request.flat_epochs = arguments.Int("stop-when-flat");
  if (request.flat_epochs > 0 && request.evaluation_files.empty()) {
    throw Error(ErrorKind::kUsage,
                "--stop-when-flat needs something to measure by: add --evaluate-with FILES");
  }
  if (request.flat_epochs > 0 && !request.glove &&
      (request.output_vectors == train::OutputVectors::kSum ||
       request.output_vectors == train::OutputVectors::kContext)) {
    throw Error(ErrorKind::kUsage,
                "--stop-when-flat keeps words' own vectors; take --output-vectors word or both");
  }
}

void ReadResult(const Arguments& arguments, TrainingRequest& request) {
  request.continue_from = arguments.Text("continue-from");
  if (request.glove) request.output_vectors = train::OutputVectors::kSum;
  if (arguments.Has("output-vectors")) {
    request.output_vectors = arguments.Choose<train::OutputVectors>(
        "output-vectors", {{"word", train::OutputVectors::kWord},
                           {"context", train::OutputVectors::kContext},
                           {"sum", train::OutputVectors::kSum},
                           {"both", train::OutputVectors::kBoth}});
  }
  train::CheckOutputVectors(request.output_vectors, request.training.subwords.has_value(),
                            request.training.loss == train::Loss::kNegativeSampling);
  ReadPauses(arguments, request);
}

// What is written is neither read by this run nor written twice: its log is emptied, and its counts
// are kept, before what they might name is read.
void CheckFiles(const TrainingRequest& request) {
  const GloveRequest glove = request.glove.value_or(GloveRequest());
  const std::vector<NamedOutput> outputs = {{"--keep-counts", glove.keep_counts},
                                            {"--json-log", request.event_log},
                                            {"--output", request.output},
                                            {"the checkpoint", CheckpointPath(request.output)}};
  RefuseSameOutputs(outputs);
  std::vector<std::string> inputs = request.corpus_paths;
  inputs.insert(inputs.end(), request.evaluation_files.begin(), request.evaluation_files.end());
  for (const std::string& file : {request.continue_from, glove.counts}) inputs.push_back(file);
  for (const NamedOutput& output : outputs) {
    for (const std::string& input : inputs) {
      RefuseSameFile(input, output.path, "which would be lost");
    }
  }
}

}  // namespace

TrainingRequest ReadTrainingRequest(const Arguments& arguments) {
  TrainingRequest request;
  request.command_line = arguments.Words();
  if (arguments.positionals().front() == "glove") {
    request.glove = ReadGloveRequest(arguments);
    request.training = SharedTrainingOptions(*request.glove);
    request.training.reproducible = arguments.Has("reproducible");
  } else {
    request.training = ReadTrainingOptions(arguments);
  }
  ReadResult(arguments, request);
  train::CheckTrainingOptions(request.training);
  request.corpus = ReadCorpusOptions(arguments, request.training.thread_count);
  request.phrases = ReadPhrases(arguments, request.training.thread_count);
  if (request.glove) ShareMemory(*request.glove, request.corpus);
  request.precision = ChosenPrecision(arguments);
  request.output = ReadOutput(arguments);
  request.event_log = arguments.Text("json-log");
  request.quiet = arguments.Has("quiet");
  const std::vector<std::string> corpus(arguments.positionals().begin() + 1,
                                        arguments.positionals().end());
  const bool has_counts = request.glove && !request.glove->counts.empty();
  if (corpus.empty() && !has_counts) {
    throw Error(ErrorKind::kUsage, "'train' lacks its CORPUS..." + arguments.TakenByOptions() +
                                       "\nUsage: wordkin train "
                                       "skipgram|cbow|fasttext|glove CORPUS... -o FILE [options]");
  }
  if (!corpus.empty()) request.corpus_paths = ExpandCorpusPaths(corpus);
  CheckFiles(request);
  CheckSourceDate();
  return request;
}

std::string CheckpointPath(const std::string& output) { return output + ".checkpoint"; }

void RefuseToLoseCheckpoint(const std::string& output, const std::string& resumed) {
  const std::string path = CheckpointPath(output);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return;
  if (!resumed.empty() && std::filesystem::equivalent(path, resumed, ignored)) return;
  throw Error(ErrorKind::kUsage, "'" + path +
                                     "' keeps where another run stands, which this one would lose; "
                                     "go on with that run by 'wordkin train --resume " +
                                     path + "', remove the file, or choose another --output");
}

bool IsModelName(std::string_view word) { return std::ranges::count(ModelNames(), word) > 0; }

std::string ModelName(const train::TrainingOptions& options) {
  if (options.model == train::Model::kCbow) return "cbow";
  return options.subwords ? "fasttext" : "skipgram";
}

std::string ScheduleName(train::Schedule schedule) {
  switch (schedule) {
    case train::Schedule::kLinear:
      return "linear";
    case train::Schedule::kCosine:
      return "cosine";
    case train::Schedule::kQuadratic:
      return "quadratic";
  }
  return "";
}

std::string LossName(train::Loss loss) {
  return loss == train::Loss::kHierarchicalSoftmax ? "hierarchical-softmax" : "negative-sampling";
}

std::string OutputVectorsName(train::OutputVectors choice) {
  switch (choice) {
    case train::OutputVectors::kWord:
      return "word";
    case train::OutputVectors::kContext:
      return "context";
    case train::OutputVectors::kSum:
      return "sum";
    case train::OutputVectors::kBoth:
      return "both";
  }
  return "";
}

std::string SubwordHashName(SubwordHash hash) {
  return hash == SubwordHash::kFloret ? "floret" : "fasttext";
}

std::string CbowGradientName(train::CbowGradient gradient) {
  return gradient == train::CbowGradient::kOriginal ? "original" : "corrected";
}

void CheckTrainingMemory(std::size_t vocabulary_size, const train::TrainingOptions& options) {
  RequireMemory(train::TrainingMemoryBytes(vocabulary_size, options),
                "training " + Counted(vocabulary_size, "word", "words") + " x " +
                    std::to_string(options.dimension),
                std::string("lower --dimension") + (options.subwords ? ", --buckets" : "") +
                    " or --max-vocabulary, or raise --min-count");
}

void CheckTrainingDisk(std::size_t vocabulary_size, const TrainingRequest& request,
                       std::size_t bucket_row_count) {
  // Planes do not compress and float32 hardly does, which has a plane for the scan of words beside
  // it; the words themselves come on top, so this is a lower bound.
  constexpr double kFloat32Bytes = 3.5;  // of a value, compressed
  const bool is_float32 = request.precision == Precision::kFloat32;
  const double bytes_a_value = is_float32                              ? kFloat32Bytes
                               : request.precision == Precision::kInt8 ? 1
                                                                       : 2;
  const double bytes_a_word_value = is_float32 ? bytes_a_value + 1 : bytes_a_value;
  const std::size_t kept_output_count =
      request.output_vectors == train::OutputVectors::kBoth ? vocabulary_size : 0;
  const auto needed =
      static_cast<std::uint64_t>(static_cast<double>(request.training.dimension) *
                                 (static_cast<double>(vocabulary_size) * bytes_a_word_value +
                                  static_cast<double>(bucket_row_count) * bytes_a_value +
                                  static_cast<double>(kept_output_count) * kFloat32Bytes));
  const std::optional<std::uint64_t> available = FreeDiskBytes(request.output);
  if (!available || needed <= *available) return;
  throw Error(ErrorKind::kInputOutput,
              "'" + request.output + "' will take " + HumanBytes(needed) + ", and its disk has " +
                  HumanBytes(*available) + " left; free some, or choose --store int8, a lower " +
                  (bucket_row_count > 0 ? "--dimension or fewer --buckets" : "--dimension"));
}

}  // namespace wordkin::cli
