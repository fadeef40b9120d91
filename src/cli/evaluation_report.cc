#include "cli/evaluation_report.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/statistics.h"

namespace wordkin::cli {
namespace {

double Share(std::size_t correct, std::size_t asked) {
  if (asked == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(correct) / static_cast<double>(asked);
}

Json IntervalJson(const query::Interval& interval) {
  return Json::array({JsonNumber(interval.low), JsonNumber(interval.high)});
}

// The counts that a section and a whole file have in common.
template <typename Counts>
void AddCounts(const Counts& counts, Json& json) {
  json["asked"] = counts.asked;
  json["correct"] = counts.correct;
  json["skipped"] = counts.skipped;
  json["accuracy"] = JsonNumber(Share(counts.correct, counts.asked));
  json["interval"] = IntervalJson(query::WilsonInterval(counts.correct, counts.asked));
}

std::string Padded(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string Percent(double share) { return std::isnan(share) ? "-" : FixedPoint(share * 100, 1); }

std::string PercentInterval(const query::Interval& interval) {
  if (std::isnan(interval.low) || std::isnan(interval.high)) return "";
  std::string text = "[";
  text += Percent(interval.low) + ", " + Percent(interval.high) + "]";
  return text;
}

template <typename Counts>
std::string CountsLine(const std::string& name, std::size_t name_width, const Counts& counts) {
  const query::Interval interval = query::WilsonInterval(counts.correct, counts.asked);
  return "  " + name + std::string(name_width - std::min(name_width, name.size()), ' ') +
         Padded(WithThousands(counts.correct), 8) + " of " +
         Padded(WithThousands(counts.asked), 6) +
         Padded(Percent(Share(counts.correct, counts.asked)), 7) + " %  " +
         Padded(counts.asked == 0 ? "" : PercentInterval(interval), 14) +
         Padded(WithThousands(counts.skipped), 8) + " skipped\n";
}

}  // namespace

Json AnalogyReportJson(const query::AnalogyReport& report) {
  Json json;
  json["file"] = report.file;
  AddCounts(report, json);
  Json sections = Json::array();
  for (const query::AnalogySection& section : report.sections) {
    Json item;
    item["name"] = section.name;
    AddCounts(section, item);
    sections.push_back(std::move(item));
  }
  json["sections"] = std::move(sections);
  return json;
}

Json SimilarityReportJson(const query::SimilarityReport& report) {
  Json json;
  json["file"] = report.file;
  json["pairs"] = report.pairs;
  json["skipped"] = report.skipped;
  json["unseen"] = report.unseen;
  json["seen_spearman"] = JsonNumber(report.seen_spearman);
  json["spearman"] = JsonNumber(report.spearman);
  json["interval"] = IntervalJson(query::SpearmanInterval(report.spearman, report.pairs));
  return json;
}

std::string AnalogyReportText(const query::AnalogyReport& report, const Console& console) {
  std::size_t name_width = 5;
  for (const query::AnalogySection& section : report.sections) {
    name_width = std::max(name_width, Printable(section.name).size());
  }
  std::string text = console.Bold("analogies " + Printable(report.file)) + "\n";
  for (const query::AnalogySection& section : report.sections) {
    text += CountsLine(Printable(section.name), name_width, section);
  }
  return text + CountsLine("total", name_width, report);
}

std::string SimilarityReportText(const query::SimilarityReport& report, const Console& console) {
  const query::Interval interval = query::SpearmanInterval(report.spearman, report.pairs);
  return console.Bold("similarity " + Printable(report.file)) + "\n  Spearman x 100" +
         Padded(Percent(report.spearman), 7) + "  " + PercentInterval(interval) + "  " +
         Counted(report.pairs, "pair", "pairs") + ", " + WithThousands(report.skipped) +
         " skipped" +
         (report.unseen == 0 ? "" : ", " + WithThousands(report.unseen) + " with an unseen word") +
         "\n";
}

}  // namespace wordkin::cli
