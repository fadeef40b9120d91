#include "cli/training/epoch_evaluation.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/answers/temporary_store.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/evaluation/evaluation.h"
#include "query/questions/word_lookup.h"

namespace wordkin::cli {
namespace {

using Analogies = std::vector<query::QuestionSection>;
using JudgedPairs = std::vector<query::JudgedPair>;

// As 'wordkin evaluate --top' has it.
constexpr std::size_t kTop = 30'000;

EpochScore::FileScore ScoreOf(const EmbeddingStore& store, const Analogies& questions) {
  const query::AnalogyReport report =
      query::EvaluateAnalogies(store, questions, kTop, query::AnalogyMethod::kAdd);
  const double accuracy = 100.0 * static_cast<double>(report.correct) /
                          static_cast<double>(report.asked);  // 0 / 0 is NaN, as it should be
  return {.file = {}, .score = accuracy, .is_accuracy = true, .asked = report.asked};
}

EpochScore::FileScore ScoreOf(const EmbeddingStore& store, const JudgedPairs& pairs) {
  const query::SimilarityReport report = query::EvaluateSimilarity(store, pairs);
  return {.file = {}, .score = 100 * report.spearman, .is_accuracy = false, .asked = report.pairs};
}

double MeanOf(const std::vector<EpochScore::FileScore>& files) {
  double sum = 0;
  int count = 0;
  for (const EpochScore::FileScore& file : files) {
    if (std::isnan(file.score)) continue;
    sum += file.score;
    ++count;
  }
  return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / count;
}

std::string OneDecimal(double score) { return std::isnan(score) ? "-" : FixedPoint(score, 1); }

// The rows of some words, whose ids rise.
EmbeddingTable Excerpt(const Vocabulary& vocabulary, const AlignedMatrix& rows,
                       const std::vector<WordId>& words) {
  std::vector<Vocabulary::Entry> entries;
  AlignedMatrix excerpt(words.size(), rows.dimension());
  for (std::size_t i = 0; i < words.size(); ++i) {
    entries.push_back({std::string(vocabulary.Word(words[i])), vocabulary.Count(words[i])});
    std::ranges::copy(rows.Row(words[i]), excerpt.Row(i).begin());
  }
  return {Vocabulary(entries), std::move(excerpt)};
}

}  // namespace

std::string EpochScore::Text() const {
  std::string text;
  for (const FileScore& file : files) {
    text += Printable(std::filesystem::path(file.file).filename().string()) + " " +
            OneDecimal(file.score) + (file.is_accuracy ? " %, " : ", ");
  }
  return text + "mean " + OneDecimal(mean);
}

Json EpochScore::ToJson() const {
  Json json;
  json["files"] = Json::array();
  for (const FileScore& file : files) {
    json["files"].push_back({{"file", file.file},
                             {"measure", file.is_accuracy ? "accuracy" : "spearman"},
                             {"asked", file.asked},
                             {"score", JsonNumber(file.score)}});
  }
  json["mean"] = JsonNumber(mean);
  return json;
}

EpochEvaluation::EpochEvaluation(const std::vector<std::string>& files, std::string output)
    : output_(std::move(output)) {
  for (const std::string& path : files) files_.push_back({path, query::ReadQuestionSet(path)});
}

// Those among which analogies are sought, and those of the judged pairs: the others would only have
// to be written.
std::vector<WordId> EpochEvaluation::WordsToAskFor(const Vocabulary& vocabulary) const {
  std::vector<WordId> words;
  for (WordId id = 0; id < std::min(kTop, vocabulary.size()); ++id) words.push_back(id);
  const auto find = [&](std::string_view word) { return vocabulary.Find(word); };
  for (const File& file : files_) {
    const auto* const pairs = std::get_if<JudgedPairs>(&file.questions);
    if (pairs == nullptr) continue;
    for (const query::JudgedPair& pair : *pairs) {
      for (const std::string& word : {pair.a, pair.b}) {
        const std::optional<WordId> id = query::FindInAnyCase(word, find);
        if (id && *id >= kTop) words.push_back(*id);
      }
    }
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

EpochScore EpochEvaluation::Evaluate(const Vocabulary& vocabulary,
                                     const AlignedMatrix& rows) const {
  const EmbeddingStore store = TemporaryStore(Excerpt(vocabulary, rows, WordsToAskFor(vocabulary)),
                                              Precision::kTwoPlane, output_, output_);
  EpochScore result;
  for (const File& file : files_) {
    result.files.push_back(std::visit(
        [&](const auto& questions) { return ScoreOf(store, questions); }, file.questions));
    result.files.back().file = file.path;
  }
  result.mean = MeanOf(result.files);
  return result;
}

bool StopWhenFlat::ShouldStop(double score) {
  ++epoch_;
  if (std::isnan(score)) return false;
  if (best_epoch_ == 0 || score > best_score_) {
    best_epoch_ = epoch_;
    best_score_ = score;
  }
  return patience_ > 0 && epoch_ - best_epoch_ >= patience_;
}

}  // namespace wordkin::cli
