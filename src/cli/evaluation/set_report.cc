#include "cli/evaluation/set_report.h"

#include <algorithm>
#include <string_view>

#include "cli/console.h"
#include "cli/evaluation/evaluation_figures.h"
#include "cli/evaluation/text_table.h"
#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

std::size_t TotalCount(const query::SetAnswers& answers) {
  return answers.items.size() + answers.skipped;
}

bool HasCounts(std::span<const std::uint64_t> counts) {
  return std::ranges::any_of(counts, [](std::uint64_t count) { return count > 0; });
}

// "1 - 812", from 1; "unseen" of words that subwords made.
std::string RankRange(const query::FrequencyBin& bin) {
  if (bin.is_unseen) return "unseen";
  return WithThousands(std::uint64_t{bin.most_frequent} + 1) + " - " +
         WithThousands(std::uint64_t{bin.rarest} + 1);
}

std::string CountRange(const query::FrequencyBin& bin, std::span<const std::uint64_t> counts) {
  if (bin.is_unseen) return "";
  return WithThousands(counts[bin.most_frequent]) + " - " + WithThousands(counts[bin.rarest]);
}

Json BinJson(const ScoredBin& scored, std::span<const std::uint64_t> counts) {
  const query::FrequencyBin& bin = scored.bin;
  const bool has_counts = HasCounts(counts) && !bin.is_unseen;
  Json json;
  json["unseen"] = bin.is_unseen;
  json["first_rank"] = bin.is_unseen ? Json() : Json(std::uint64_t{bin.most_frequent} + 1);
  json["last_rank"] = bin.is_unseen ? Json() : Json(std::uint64_t{bin.rarest} + 1);
  json["highest_count"] = has_counts ? Json(counts[bin.most_frequent]) : Json();
  json["lowest_count"] = has_counts ? Json(counts[bin.rarest]) : Json();
  json["items"] = bin.items.size();
  AddEstimate(scored.estimate, json);
  return json;
}

}  // namespace

std::string SetTableText(std::span<const ScoredSet> sets, const Console& console) {
  TextTable table({{"set", true},
                   {"kind", true},
                   {"items"},
                   {"skipped"},
                   {"known %"},
                   {"score"},
                   {"95 % interval"}});
  for (const ScoredSet& set : sets) {
    const std::size_t known = set.answers.items.size();
    table.Add({Printable(set.path), KindLabel(set.answers.kind), WithThousands(known),
               WithThousands(set.answers.skipped), Percent(Share(known, TotalCount(set.answers))),
               Percent(set.estimate.score), PercentInterval(set.estimate.interval)});
  }
  return console.Bold("sets") +
         "  score x 100: accuracy of analogies and odd ones out, Spearman's correlation of\n"
         "  similarities, purity of categories\n" +
         table.Text(console);
}

std::string BinTableText(const ScoredSet& set, std::span<const std::uint64_t> counts,
                         const Console& console) {
  const bool has_counts = HasCounts(counts);
  std::vector<TextTable::Column> columns = {{"rank"}, {"items"}, {"score"}, {"95 % interval"}};
  if (has_counts) columns.insert(columns.begin() + 1, {"count"});
  TextTable table(std::move(columns));
  for (const ScoredBin& scored : set.bins) {
    std::vector<std::string> cells = {RankRange(scored.bin), WithThousands(scored.bin.items.size()),
                                      Percent(scored.estimate.score),
                                      PercentInterval(scored.estimate.interval)};
    if (has_counts) cells.insert(cells.begin() + 1, CountRange(scored.bin, counts));
    table.Add(std::move(cells));
  }
  return console.Bold(Printable(set.path)) + "  by the frequency of an item's rarest word\n" +
         table.Text(console);
}

Json ScoredSetJson(const ScoredSet& set, std::span<const std::uint64_t> counts) {
  Json json;
  json["file"] = set.path;
  json["kind"] = KindName(set.answers.kind);
  json["items"] = set.answers.items.size();
  json["skipped"] = set.answers.skipped;
  json["coverage"] = JsonNumber(Share(set.answers.items.size(), TotalCount(set.answers)));
  json["measure"] = MeasureName(set.answers.kind);
  AddEstimate(set.estimate, json);
  if (set.bins.empty()) return json;
  json["by_frequency"] = Json::array();
  for (const ScoredBin& bin : set.bins) json["by_frequency"].push_back(BinJson(bin, counts));
  return json;
}

}  // namespace wordkin::cli
