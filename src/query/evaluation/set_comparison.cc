#include "query/evaluation/set_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "query/evaluation/paired_tests.h"

namespace wordkin::query {
namespace {

// Both with the same items.
struct PairedAnswers {
  std::vector<AnsweredItem> first;
  std::vector<AnsweredItem> second;
};

std::vector<AnsweredItem> AlsoIn(const std::vector<AnsweredItem>& items,
                                 const std::vector<AnsweredItem>& others) {
  std::vector<AnsweredItem> kept;
  std::ranges::copy_if(items, std::back_inserter(kept), [&](const AnsweredItem& item) {
    return std::ranges::binary_search(others, item.number, {}, &AnsweredItem::number);
  });
  return kept;
}

PairedAnswers AnswerBoth(const EmbeddingStore& first, const EmbeddingStore& second,
                         const QuestionSet& set, const AnswerOptions& options) {
  const SetAnswers of_first = AnswerSet(first, set, options);
  const SetAnswers of_second = AnswerSet(second, set, options);
  PairedAnswers common = {AlsoIn(of_first.items, of_second.items),
                          AlsoIn(of_second.items, of_first.items)};
  const auto* const words = std::get_if<std::vector<WordCategory>>(&set);
  const bool is_same = common.first.size() == of_first.items.size() &&
                       common.second.size() == of_second.items.size();
  if (words == nullptr || is_same) return common;
  // Other words in the clusters would be another question.
  std::vector<WordCategory> kept;
  for (const AnsweredItem& item : common.first) kept.push_back((*words)[item.number]);
  return {AnswerSet(first, kept, options).items, AnswerSet(second, kept, options).items};
}

double TestAccuracies(const PairedAnswers& answers) {
  std::size_t only_first = 0;
  std::size_t only_second = 0;
  for (std::size_t i = 0; i < answers.first.size(); ++i) {
    only_first += answers.first[i].value > answers.second[i].value ? 1 : 0;
    only_second += answers.first[i].value < answers.second[i].value ? 1 : 0;
  }
  return McNemarTest(only_first, only_second);
}

double TestCorrelations(const PairedAnswers& answers, const ResamplingOptions& options) {
  std::vector<double> first;
  std::vector<double> second;
  std::vector<double> judged;
  for (std::size_t i = 0; i < answers.first.size(); ++i) {
    first.push_back(answers.first[i].value);
    second.push_back(answers.second[i].value);
    judged.push_back(answers.first[i].judged);
  }
  return SpearmanSwapTest(first, second, judged, options);
}

double TestPurities(const PairedAnswers& answers, const ResamplingOptions& options) {
  std::map<std::size_t, double> by_category;
  for (std::size_t i = 0; i < answers.first.size(); ++i) {
    by_category[answers.first[i].group] += answers.second[i].value - answers.first[i].value;
  }
  std::vector<double> differences;
  for (const auto& [category, difference] : by_category) differences.push_back(difference);
  return SignFlipTest(differences, options);
}

double PValue(SetKind kind, const PairedAnswers& answers, ResamplingOptions options) {
  // A p-value near 0.05 is uncertain by 0.002 then; a percentile needs fewer.
  constexpr std::size_t kTestSamples = 10'000;
  options.sample_count = kTestSamples;
  switch (kind) {
    case SetKind::kSimilarity:
      return TestCorrelations(answers, options);
    case SetKind::kCategories:
      return TestPurities(answers, options);
    case SetKind::kAnalogies:
    case SetKind::kOddOneOut:
      break;
  }
  return TestAccuracies(answers);
}

}  // namespace

SetComparison CompareOnSet(const EmbeddingStore& first, const EmbeddingStore& second,
                           const QuestionSet& set, const AnswerOptions& answering,
                           const ResamplingOptions& resampling) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const PairedAnswers answers = AnswerBoth(first, second, set, answering);
  const SetKind kind = KindOf(set);
  SetComparison comparison{.kind = kind,
                           .items = answers.first.size(),
                           .skipped = ItemCount(set) - answers.first.size(),
                           .first_score = ScoreOf(kind, answers.first),
                           .second_score = ScoreOf(kind, answers.second),
                           .interval = {kNone, kNone},
                           .p_value = kNone};
  comparison.difference = comparison.second_score - comparison.first_score;
  if (std::isnan(comparison.difference)) return comparison;
  const SampleStatistic first_score = SampledScore(kind, answers.first);
  const SampleStatistic second_score = SampledScore(kind, answers.second);
  comparison.interval = BootstrapInterval(
      answers.first.size(), DrawnTogether(kind, answers.first),
      [&](std::span<const std::uint32_t> times) {
        return second_score(times) - first_score(times);
      },
      resampling);
  comparison.p_value = PValue(kind, answers, resampling);
  return comparison;
}

}  // namespace wordkin::query
