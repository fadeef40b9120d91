#include "cli/training/training_provenance.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "cli/date.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "common/math/instruction_set.h"
#include "common/text/word_boundary.h"

namespace wordkin::cli {
namespace {

std::string Hexadecimal(std::uint64_t number) {
  std::array<char, 17> digits;
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(number));
  return digits.data();
}

Json NumbersJson(const std::vector<double>& numbers) {
  Json list = Json::array();
  for (const double number : numbers) list.push_back(JsonNumber(number));
  return list;
}

Json SubwordsJson(const SubwordOptions& subwords) {
  return {{"hash", SubwordHashName(subwords.hash)},
          {"minimum_length", subwords.minimum_length},
          {"maximum_length", subwords.maximum_length},
          {"buckets", subwords.bucket_count},
          {"hashes", subwords.hash_count}};
}

std::string Provenance(const TrainingRequest& request, const Json& corpus, const Json& outcome,
                       double seconds) {
  Json json;
  json["program"] = "wordkin";
  json["version"] = WORDKIN_VERSION;
  json["command"] = "train " + (request.glove ? "glove" : ModelName(request.training));
  json.update(TrainingOptionsJson(request));
  json["instruction_set"] = ActiveInstructionSet();
  json["corpus"] = corpus;
  json.update(outcome);
  // The same run again gives the same file, whenever and however fast it was.
  const bool is_dated = !request.training.reproducible;
  if (is_dated && !BuildsReproducibly()) json["seconds"] = JsonNumber(seconds);
  if (is_dated || BuildsReproducibly()) json["date"] = DateInUtc();
  std::string line = JsonLine(json);
  line.pop_back();
  return line;
}

// What every model has.
void AddVocabularyOptions(const TrainingRequest& request, Json& json) {
  json["min_count"] = request.corpus.min_count;
  json["max_vocabulary"] = request.corpus.max_vocabulary;
}
void AddOutputOptions(const TrainingRequest& request, Json& json) {
  json["output_vectors"] = OutputVectorsName(request.output_vectors);
  if (!request.continue_from.empty()) json["continue_from"] = request.continue_from;
}
void AddSharedOptions(const TrainingRequest& request, Json& json) {
  json["tokenizer"] = TokenizerName(request.corpus.tokenizer);
  if (request.phrases) json["phrases"] = PhraseOptionsJson(*request.phrases);
  json["store"] = PrecisionName(request.precision);
  json["seed"] = request.training.seed;
  json["reproducible"] = request.training.reproducible;
  // A reproducible file must not tell them apart.
  if (!request.training.reproducible) json["threads"] = request.training.thread_count;
}

}  // namespace

Json TrainingOptionsJson(const TrainingRequest& request) {
  const train::TrainingOptions& training = request.training;
  if (request.glove) {
    Json json = GloveOptionsJson(*request.glove);
    AddOutputOptions(request, json);
    AddVocabularyOptions(request, json);
    AddSharedOptions(request, json);
    return json;
  }
  Json json;
  json["model"] = ModelName(training);
  json["dimension"] = training.dimension;
  json["window"] = training.window_radius;
  json["loss"] = LossName(training.loss);
  if (training.loss == train::Loss::kNegativeSampling) {
    json["negative"] = training.negative_count;
    json["negative_exponent"] = JsonNumber(training.negative_exponent);
  }
  if (training.subwords) json["subwords"] = SubwordsJson(*training.subwords);
  json["subsample"] = JsonNumber(training.subsample_threshold);
  AddVocabularyOptions(request, json);
  json["epochs"] = training.epoch_count;
  json["learning_rate"] = JsonNumber(training.learning_rate);
  json["schedule"] = ScheduleName(training.schedule);
  if (training.model == train::Model::kCbow) {
    json["cbow_gradient"] = CbowGradientName(training.cbow_gradient);
    json["position_weights"] = training.has_position_weights;
  }
  AddOutputOptions(request, json);
  AddSharedOptions(request, json);
  return json;
}

Json CorpusJson(const TrainingRequest& request, const train::EncodedCorpus& corpus) {
  // More names would one day be more than a store's metadata may hold.
  constexpr std::size_t kMostNames = 1'000;
  const std::vector<std::string>& paths = request.corpus_paths;
  Json json;
  Json names = Json::array();
  for (std::size_t i = 0; i < std::min(paths.size(), kMostNames); ++i) names.push_back(paths[i]);
  json["files"] = std::move(names);
  json["file_count"] = paths.size();
  json["bytes"] = corpus.bytes_read;
  json["xxh3"] = Hexadecimal(corpus.content_hash);
  json["words"] = corpus.word_count;
  json["distinct_words"] = corpus.distinct_words;
  json["kept_words"] = corpus.kept_word_count;
  json["vocabulary"] = corpus.vocabulary.size();
  json["byte_order_marks"] = corpus.notes.byte_order_marks;
  json["carriage_returns"] = corpus.notes.carriage_returns;
  json["nul_bytes"] = corpus.notes.nul_bytes;
  json["invalid_utf8"] = corpus.notes.invalid_utf8;
  json["long_words"] = corpus.notes.long_words;
  return json;
}

std::string TrainingProvenance(const TrainingRequest& request, const Json& corpus,
                               const Json& evaluations, const train::TrainingSummary& summary,
                               std::string_view unit, double seconds) {
  Json outcome = {{"losses", NumbersJson(summary.epoch_losses)}};
  if (!evaluations.empty()) outcome["evaluations"] = evaluations;
  outcome[std::string(unit) + "_trained"] = summary.amount_done;
  outcome["interrupted"] = summary.interrupted;
  return Provenance(request, corpus, outcome, seconds);
}

std::string DescribeNotes(const CorpusNotes& notes) {
  std::string text;
  const auto add = [&text](std::uint64_t count, std::string_view singular, std::string_view plural,
                           std::string_view outcome) {
    if (count == 0) return;
    text +=
        (text.empty() ? "" : "; ") + Counted(count, singular, plural) + " " + std::string(outcome);
  };
  add(notes.byte_order_marks, "byte order mark", "byte order marks", "removed");
  add(notes.carriage_returns, "carriage return", "carriage returns", "taken as line ends");
  add(notes.nul_bytes, "NUL byte", "NUL bytes", "taken as white space");
  add(notes.invalid_utf8, "invalid UTF-8 sequence", "invalid UTF-8 sequences",
      "replaced by U+FFFD");
  add(notes.long_words, "word", "words",
      "longer than " + WithThousands(kMaxCorpusWordBytes) + " bytes left out");
  return text;
}

}  // namespace wordkin::cli
