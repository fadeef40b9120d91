#include "cli/evaluation/evaluation_report.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/evaluation/evaluation_figures.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/evaluation/statistics.h"

namespace wordkin::cli {
namespace {

// The counts that a section and a whole file have in common.
template <typename Counts>
void AddCounts(const Counts& counts, Json& json) {
  json["asked"] = counts.asked;
  json["correct"] = counts.correct;
  json["skipped"] = counts.skipped;
  json["accuracy"] = JsonNumber(Share(counts.correct, counts.asked));
  json["interval"] = IntervalJson(query::WilsonInterval(counts.correct, counts.asked));
}

template <typename Counts>
std::string CountsLine(const std::string& name, std::size_t name_width, const Counts& counts) {
  const query::Interval interval = query::WilsonInterval(counts.correct, counts.asked);
  return "  " + AlignedLeft(name, name_width) + AlignedRight(WithThousands(counts.correct), 8) +
         " of " + AlignedRight(WithThousands(counts.asked), 6) +
         AlignedRight(Percent(Share(counts.correct, counts.asked)), 7) + " %  " +
         AlignedRight(counts.asked == 0 ? "" : PercentInterval(interval), 14) +
         AlignedRight(WithThousands(counts.skipped), 8) + " skipped\n";
}

}  // namespace

Json AnalogyReportJson(const std::string& path, const query::AnalogyReport& report) {
  Json json;
  json["file"] = path;
  AddCounts(report, json);
  Json sections = Json::array();
  for (const query::AnalogySection& section : report.sections) {
    Json item;
    item["name"] = section.name;
    AddCounts(section, item);
    sections.push_back(std::move(item));
  }
  json["sections"] = std::move(sections);
  json["interval_method"] = "wilson";
  return json;
}

Json SimilarityReportJson(const std::string& path, const query::SimilarityReport& report,
                          const query::ScoreEstimate& estimate) {
  Json json;
  json["file"] = path;
  json["pairs"] = report.pairs;
  json["skipped"] = report.skipped;
  json["unseen"] = report.unseen;
  json["seen_spearman"] = JsonNumber(report.seen_spearman);
  json["spearman"] = JsonNumber(report.spearman);
  json["interval"] = IntervalJson(query::SpearmanInterval(report.spearman, report.pairs));
  json["interval_method"] = "fisher";
  json["bootstrap"] = IntervalJson(estimate.bootstrap);
  return json;
}

std::string AnalogyReportText(const std::string& path, const query::AnalogyReport& report,
                              const Console& console) {
  std::size_t name_width = 5;
  for (const query::AnalogySection& section : report.sections) {
    name_width = std::max(name_width, Printable(section.name).size());
  }
  std::string text = console.Bold("analogies " + Printable(path)) + "\n";
  for (const query::AnalogySection& section : report.sections) {
    text += CountsLine(Printable(section.name), name_width, section);
  }
  return text + CountsLine("total", name_width, report);
}

std::string SimilarityReportText(const std::string& path, const query::SimilarityReport& report,
                                 const query::ScoreEstimate& estimate, const Console& console) {
  return console.Bold("similarity " + Printable(path)) + "\n  Spearman x 100" +
         AlignedRight(Percent(report.spearman), 7) + "  " + PercentInterval(estimate.interval) +
         "  " + Counted(report.pairs, "pair", "pairs") + ", " + WithThousands(report.skipped) +
         " skipped" +
         (report.unseen == 0 ? "" : ", " + WithThousands(report.unseen) + " with an unseen word") +
         "\n";
}

}  // namespace wordkin::cli
