#include "query/evaluation/evaluation.h"

#include <algorithm>

#include "query/evaluation/set_scores.h"

namespace wordkin::query {

AnalogyReport ReportAnalogies(std::span<const QuestionSection> questions,
                              const SetAnswers& answers) {
  AnalogyReport report;
  for (const QuestionSection& section : questions)
    report.sections.push_back({.name = section.name});
  for (const AnsweredItem& item : answers.items) {
    ++report.sections[item.group].asked;
    report.sections[item.group].correct += item.value == 1 ? 1 : 0;
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    AnalogySection& section = report.sections[i];
    section.skipped = questions[i].questions.size() - section.asked;
    report.asked += section.asked;
    report.correct += section.correct;
    report.skipped += section.skipped;
  }
  return report;
}

SimilarityReport ReportSimilarity(const SetAnswers& answers) {
  std::vector<AnsweredItem> seen;
  std::ranges::copy_if(answers.items, std::back_inserter(seen),
                       [](const AnsweredItem& item) { return item.rarest != kUnseenWord; });
  return {.pairs = answers.items.size(),
          .skipped = answers.skipped,
          .unseen = answers.items.size() - seen.size(),
          .spearman = ScoreOf(SetKind::kSimilarity, answers.items),
          .seen_spearman = ScoreOf(SetKind::kSimilarity, seen)};
}

}  // namespace wordkin::query
