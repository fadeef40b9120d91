#include "cli/evaluation/comparison_report.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "cli/console.h"
#include "cli/evaluation/evaluation_figures.h"
#include "cli/evaluation/text_table.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/evaluation/paired_tests.h"

namespace wordkin::cli {
namespace {

// "+1.2", "-0.3"
std::string SignedPercent(double share) { return (share >= 0 ? "+" : "") + Percent(share); }

std::string SignedInterval(const query::Interval& interval) {
  if (std::isnan(interval.low) || std::isnan(interval.high)) return "";
  return "[" + SignedPercent(interval.low) + ", " + SignedPercent(interval.high) + "]";
}

std::string PValueText(double p_value) {
  constexpr double kLeastShown = 0.0001;
  return p_value < kLeastShown ? "<0.0001" : FixedPoint(p_value, 4);
}

// Answers that differ without a difference of scores part samples of them.
bool AreAlike(const query::SetComparison& compared) {
  return compared.difference == 0 && compared.interval.low == 0 && compared.interval.high == 0;
}

std::string Verdict(const ComparedSet& set) {
  if (AreAlike(set.comparison)) return "no difference";
  if (set.adjusted_p_value >= kSignificance) return "could be chance";
  return set.comparison.difference > 0 ? "second is better" : "first is better";
}

std::string_view TestName(query::SetKind kind) {
  switch (kind) {
    case query::SetKind::kSimilarity:
      return "permutation";
    case query::SetKind::kCategories:
      return "sign-flip";
    case query::SetKind::kAnalogies:
    case query::SetKind::kOddOneOut:
      break;
  }
  return "mcnemar";
}

}  // namespace

bool WasTested(const ComparedSet& set) { return !std::isnan(set.comparison.p_value); }

void AdjustPValues(std::span<ComparedSet> sets) {
  std::vector<double> p_values;
  for (const ComparedSet& set : sets) p_values.push_back(set.comparison.p_value);
  const std::vector<double> adjusted = query::HolmAdjusted(p_values);
  for (std::size_t i = 0; i < sets.size(); ++i) sets[i].adjusted_p_value = adjusted[i];
}

std::string ComparisonText(const std::string& first, const std::string& second,
                           std::span<const ComparedSet> sets, const Console& console) {
  TextTable table({{"set", true},
                   {"kind", true},
                   {"items"},
                   {"first"},
                   {"second"},
                   {"difference"},
                   {"95 % interval"},
                   {"p"},
                   {"", true}});
  for (const ComparedSet& set : sets) {
    const query::SetComparison& compared = set.comparison;
    std::vector<std::string> cells = {Printable(set.path), KindLabel(compared.kind),
                                      WithThousands(compared.items), Percent(compared.first_score),
                                      Percent(compared.second_score)};
    if (!WasTested(set)) {
      cells.insert(cells.end(), {"-", "", "", "not comparable"});
    } else {
      cells.insert(cells.end(),
                   {SignedPercent(compared.difference), SignedInterval(compared.interval),
                    PValueText(set.adjusted_p_value), Verdict(set)});
    }
    table.Add(std::move(cells));
  }
  const auto tested = static_cast<std::size_t>(std::ranges::count_if(sets, WasTested));
  return console.Bold("first " + Printable(first) + ", second " + Printable(second)) +
         "  over the items that both answer, x 100\n" + table.Text(console) +
         (tested > 1
              ? "  p is raised, as " + WithThousands(tested) + " sets are tested together (Holm)\n"
              : "");
}

Json ComparedSetJson(const ComparedSet& set) {
  const query::SetComparison& compared = set.comparison;
  Json json;
  json["file"] = set.path;
  json["kind"] = KindName(compared.kind);
  json["items"] = compared.items;
  json["skipped"] = compared.skipped;
  json["measure"] = MeasureName(compared.kind);
  json["scores"] =
      Json::array({JsonNumber(compared.first_score), JsonNumber(compared.second_score)});
  json["difference"] = JsonNumber(compared.difference);
  json["interval"] = IntervalJson(compared.interval);
  json["interval_method"] = "paired-bootstrap";
  json["test"] = TestName(compared.kind);
  json["p_value"] = JsonNumber(compared.p_value);
  json["p_adjusted"] = JsonNumber(set.adjusted_p_value);
  json["could_be_chance"] = WasTested(set) ? Json(set.adjusted_p_value >= kSignificance) : Json();
  return json;
}

}  // namespace wordkin::cli
