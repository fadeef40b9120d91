#include "cli/evaluation/store_evaluation.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/console.h"
#include "cli/evaluation/comparison_report.h"
#include "cli/evaluation/evaluation_report.h"
#include "cli/evaluation/set_report.h"
#include "cli/shared_choices.h"
#include "query/evaluation/evaluation.h"

namespace wordkin::cli {
namespace {

struct EvaluationSettings {
  query::AnswerOptions answering;
  query::ResamplingOptions resampling;
  std::size_t bin_count;  // 0: no bins
};

EvaluationSettings ReadSettings(const Arguments& arguments) {
  const int thread_count = ChosenThreads(arguments);
  const std::uint64_t seed = arguments.Integer("seed");
  return {.answering = {.top = arguments.Integer("top"),
                        .method = ChosenMethod(arguments),
                        .seed = seed,
                        .thread_count = thread_count},
          .resampling = {.seed = seed, .thread_count = thread_count},
          .bin_count = arguments.Integer("by-frequency")};
}

ScoredSet ScoreSet(const EmbeddingStore& store, const StaticSet& set,
                   const EvaluationSettings& settings) {
  ScoredSet scored{.path = set.path,
                   .answers = query::AnswerSet(store, set.questions, settings.answering)};
  scored.estimate =
      query::EstimateScore(scored.answers.kind, scored.answers.items, settings.resampling);
  if (settings.bin_count == 0) return scored;
  for (query::FrequencyBin& bin :
       query::PartByFrequency(scored.answers.items, settings.bin_count)) {
    const query::ScoreEstimate estimate =
        query::EstimateScore(scored.answers.kind, bin.items, settings.resampling);
    scored.bins.push_back({std::move(bin), estimate});
  }
  return scored;
}

query::AnalogyReport AnalogyReportOf(const StaticSet& set, const ScoredSet& scored) {
  return query::ReportAnalogies(std::get<std::vector<query::QuestionSection>>(set.questions),
                                scored.answers);
}

void AddToJson(const StaticSet& set, const ScoredSet& scored, std::span<const std::uint64_t> counts,
               Json& json) {
  if (scored.answers.kind == query::SetKind::kAnalogies) {
    json["analogies"].push_back(AnalogyReportJson(set.path, AnalogyReportOf(set, scored)));
  } else if (scored.answers.kind == query::SetKind::kSimilarity) {
    json["similarity"].push_back(
        SimilarityReportJson(set.path, query::ReportSimilarity(scored.answers), scored.estimate));
  }
  json["sets"].push_back(ScoredSetJson(scored, counts));
}

std::string DetailText(const StaticSet& set, const ScoredSet& scored, const Console& console) {
  if (scored.answers.kind == query::SetKind::kAnalogies) {
    return AnalogyReportText(set.path, AnalogyReportOf(set, scored), console);
  }
  return SimilarityReportText(set.path, query::ReportSimilarity(scored.answers), scored.estimate,
                              console);
}

bool AreSame(const StaticSet& set, const StaticSet& other) {
  std::error_code ignored;
  return query::KindOf(set.questions) == query::KindOf(other.questions) &&
         (set.path == other.path || std::filesystem::equivalent(set.path, other.path, ignored));
}

std::vector<const StaticSet*> EachOnce(std::span<const StaticSet> sets, Console& console) {
  std::vector<const StaticSet*> kept;
  for (const StaticSet& set : sets) {
    if (std::ranges::none_of(kept, [&](const StaticSet* each) { return AreSame(*each, set); })) {
      kept.push_back(&set);
    } else {
      console.Complain("'" + set.path + "' is given twice, and counts once");
    }
  }
  return kept;
}

}  // namespace

AskedSets EvaluateStore(const EmbeddingStore& store, std::span<const StaticSet> sets,
                        const Arguments& arguments, Json* json, Console& console) {
  const EvaluationSettings settings = ReadSettings(arguments);
  std::vector<std::uint64_t> counts;
  if (settings.bin_count > 0) counts = store.ReadCounts();
  if (json != nullptr) {
    for (const char* part : {"analogies", "similarity", "sets"}) (*json)[part] = Json::array();
  }
  std::vector<ScoredSet> listed;
  std::vector<ScoredSet> binned;
  AskedSets asked;
  for (const StaticSet& set : sets) {
    ScoredSet scored = ScoreSet(store, set, settings);
    asked.questions += scored.answers.items.size();
    asked.scored += std::isnan(scored.estimate.score) ? 0 : 1;
    if (json != nullptr) {
      AddToJson(set, scored, counts, *json);
      continue;
    }
    if (set.in_detail) {
      console.Write(DetailText(set, scored, console));
      console.Flush();
    } else {
      listed.push_back(scored);
    }
    if (settings.bin_count > 0) binned.push_back(std::move(scored));
  }
  if (!listed.empty()) console.Write(SetTableText(listed, console));
  for (const ScoredSet& set : binned) console.Write(BinTableText(set, counts, console));
  console.Flush();
  return asked;
}

AskedSets CompareStores(const EmbeddingStore& first, const EmbeddingStore& second,
                        std::span<const StaticSet> sets, const Arguments& arguments, Json* json,
                        Console& console) {
  const EvaluationSettings settings = ReadSettings(arguments);
  std::vector<ComparedSet> compared;
  for (const StaticSet* const set : EachOnce(sets, console)) {
    compared.push_back(
        {.path = set->path,
         .comparison = query::CompareOnSet(first, second, set->questions, settings.answering,
                                           settings.resampling)});
  }
  AdjustPValues(compared);
  AskedSets asked;
  for (const ComparedSet& set : compared) {
    asked.questions += set.comparison.items;
    asked.scored += WasTested(set) ? 1 : 0;
  }
  if (json == nullptr) {
    console.Write(ComparisonText(first.path(), second.path(), compared, console));
    return asked;
  }
  (*json)["files"] = Json::array({first.path(), second.path()});
  (*json)["comparison"] = Json::array();
  for (const ComparedSet& set : compared) (*json)["comparison"].push_back(ComparedSetJson(set));
  return asked;
}

}  // namespace wordkin::cli
