#include "cli/evaluation/evaluation_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

std::string Blanks(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ');
}

}  // namespace

std::string_view KindName(query::SetKind kind) {
  switch (kind) {
    case query::SetKind::kAnalogies:
      return "analogies";
    case query::SetKind::kSimilarity:
      return "similarity";
    case query::SetKind::kCategories:
      return "categories";
    case query::SetKind::kOddOneOut:
      break;
  }
  return "odd_one_out";
}

std::string_view MeasureName(query::SetKind kind) {
  if (kind == query::SetKind::kSimilarity) return "spearman";
  return kind == query::SetKind::kCategories ? "purity" : "accuracy";
}

std::string KindLabel(query::SetKind kind) {
  std::string label(KindName(kind));
  std::ranges::replace(label, '_', ' ');
  return label;
}

double Share(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::string Percent(double share) { return std::isnan(share) ? "-" : FixedPoint(share * 100, 1); }

std::string PercentInterval(const query::Interval& interval) {
  if (std::isnan(interval.low) || std::isnan(interval.high)) return "";
  return "[" + Percent(interval.low) + ", " + Percent(interval.high) + "]";
}

Json IntervalJson(const query::Interval& interval) {
  if (std::isnan(interval.low) || std::isnan(interval.high)) return nullptr;
  return Json::array({JsonNumber(interval.low), JsonNumber(interval.high)});
}

void AddEstimate(const query::ScoreEstimate& estimate, Json& json) {
  json["score"] = JsonNumber(estimate.score);
  json["interval"] = IntervalJson(estimate.interval);
  json["interval_method"] =
      estimate.method == query::IntervalMethod::kWilson ? "wilson" : "bootstrap";
  json["bootstrap"] = IntervalJson(estimate.bootstrap);
}

std::string AlignedRight(const std::string& text, std::size_t width) {
  return Blanks(text, width) + text;
}

std::string AlignedLeft(const std::string& text, std::size_t width) {
  return text + Blanks(text, width);
}

}  // namespace wordkin::cli
