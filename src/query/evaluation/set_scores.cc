#include "query/evaluation/set_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wordkin::query {
namespace {

std::vector<double> Values(std::span<const AnsweredItem> items) {
  std::vector<double> values;
  for (const AnsweredItem& item : items) values.push_back(item.value);
  return values;
}

std::vector<double> Judgements(std::span<const AnsweredItem> items) {
  std::vector<double> judged;
  for (const AnsweredItem& item : items) judged.push_back(item.judged);
  return judged;
}

}  // namespace

double ScoreOf(SetKind kind, std::span<const AnsweredItem> items) {
  const std::vector<double> values = Values(items);
  if (kind == SetKind::kSimilarity) return SpearmanCorrelation(Judgements(items), values);
  return MeanOfSample(values, std::vector<std::uint32_t>(values.size(), 1));
}

SampleStatistic SampledScore(SetKind kind, std::span<const AnsweredItem> items) {
  std::vector<double> values = Values(items);
  if (kind == SetKind::kSimilarity) return SampledSpearman(Judgements(items), values);
  return [values = std::move(values)](std::span<const std::uint32_t> times) {
    return MeanOfSample(values, times);
  };
}

std::vector<std::size_t> DrawnTogether(SetKind kind, std::span<const AnsweredItem> items) {
  std::vector<std::size_t> groups;
  if (kind != SetKind::kCategories) return groups;
  for (const AnsweredItem& item : items) groups.push_back(item.group);
  return groups;
}

ScoreEstimate EstimateScore(SetKind kind, std::span<const AnsweredItem> items,
                            const ResamplingOptions& options) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const bool is_accuracy = kind == SetKind::kAnalogies || kind == SetKind::kOddOneOut;
  ScoreEstimate estimate{
      .score = ScoreOf(kind, items),
      .method = is_accuracy ? IntervalMethod::kWilson : IntervalMethod::kBootstrap,
      .interval = {kNone, kNone},
      .bootstrap = {kNone, kNone}};
  if (std::isnan(estimate.score)) return estimate;
  estimate.bootstrap = BootstrapInterval(items.size(), DrawnTogether(kind, items),
                                         SampledScore(kind, items), options);
  const auto right = static_cast<std::size_t>(std::ranges::count(items, 1.0, &AnsweredItem::value));
  estimate.interval = is_accuracy ? WilsonInterval(right, items.size()) : estimate.bootstrap;
  return estimate;
}

std::vector<FrequencyBin> PartByFrequency(std::span<const AnsweredItem> items,
                                          std::size_t bin_count) {
  std::vector<AnsweredItem> sorted(items.begin(), items.end());
  std::ranges::stable_sort(sorted, {}, &AnsweredItem::rarest);
  const auto seen_end = std::ranges::lower_bound(sorted, kUnseenWord, {}, &AnsweredItem::rarest);
  const auto seen_count = static_cast<std::size_t>(seen_end - sorted.begin());
  std::vector<FrequencyBin> bins;
  std::size_t first = 0;
  for (std::size_t bin = 1; bin <= bin_count; ++bin) {
    std::size_t end = bin * seen_count / bin_count;
    if (end <= first) continue;
    while (end < seen_count && sorted[end].rarest == sorted[end - 1].rarest) ++end;
    bins.push_back({.items = {sorted.data() + first, sorted.data() + end},
                    .most_frequent = sorted[first].rarest,
                    .rarest = sorted[end - 1].rarest});
    first = end;
  }
  if (seen_end != sorted.end())
    bins.push_back({.items = {seen_end, sorted.end()}, .is_unseen = true});
  return bins;
}

}  // namespace wordkin::query
