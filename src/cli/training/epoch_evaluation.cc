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
#include "cli/evaluation/evaluation_figures.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/evaluation/set_scores.h"
#include "query/questions/word_lookup.h"

namespace wordkin::cli {
namespace {

// As 'wordkin evaluate --top' has it.
constexpr std::size_t kTop = 30'000;

void AddWords(const std::vector<query::QuestionSection>&, std::vector<std::string>&) {
  // Asked for among the most frequent words only.
}

void AddWords(const std::vector<query::JudgedPair>& pairs, std::vector<std::string>& words) {
  for (const query::JudgedPair& pair : pairs) words.insert(words.end(), {pair.a, pair.b});
}

void AddWords(const std::vector<query::WordCategory>& set, std::vector<std::string>& words) {
  for (const query::WordCategory& each : set) words.push_back(each.word);
}

void AddWords(const std::vector<query::OddOneOutQuestion>& questions,
              std::vector<std::string>& words) {
  for (const auto& each : questions)
    words.insert(words.end(), each.words.begin(), each.words.end());
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
            OneDecimal(file.score) + (file.kind == query::SetKind::kSimilarity ? ", " : " %, ");
  }
  return text + "mean " + OneDecimal(mean);
}

Json EpochScore::ToJson() const {
  Json json;
  json["files"] = Json::array();
  for (const FileScore& file : files) {
    json["files"].push_back({{"file", file.file},
                             {"measure", MeasureName(file.kind)},
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

// Those among which analogies are sought, and those of the other sets: the rest would only have to
// be written.
std::vector<WordId> EpochEvaluation::WordsToAskFor(const Vocabulary& vocabulary) const {
  std::vector<WordId> words;
  for (WordId id = 0; id < std::min(kTop, vocabulary.size()); ++id) words.push_back(id);
  const auto find = [&](std::string_view word) { return vocabulary.Find(word); };
  std::vector<std::string> named;
  for (const File& file : files_) {
    std::visit([&](const auto& questions) { AddWords(questions, named); }, file.questions);
  }
  for (const std::string& word : named) {
    const std::optional<WordId> id = query::FindInAnyCase(word, find);
    if (id && *id >= kTop) words.push_back(*id);
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

EpochScore EpochEvaluation::Evaluate(const Vocabulary& vocabulary,
                                     const AlignedMatrix& rows) const {
  const EmbeddingStore store =
      TemporaryStore(Excerpt(vocabulary, rows, WordsToAskFor(vocabulary)),
                     {.precision = Precision::kTwoPlane}, output_, output_);
  EpochScore result;
  for (const File& file : files_) {
    const query::SetAnswers answers = query::AnswerSet(store, file.questions, {.top = kTop});
    result.files.push_back({.file = file.path,
                            .score = 100 * query::ScoreOf(answers.kind, answers.items),
                            .kind = answers.kind,
                            .asked = answers.items.size()});
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
