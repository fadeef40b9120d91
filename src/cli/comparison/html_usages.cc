#include <algorithm>

#include "cli/comparison/html_sections.h"
#include "cli/comparison/html_texts.h"
#include "cli/html/html_escape.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kShownWords = 6;
// More stand behind a fold.
constexpr std::size_t kShownUsages = 12;

bool HasContextualWords(const UsageReport& report) {
  return std::ranges::any_of(report.usages,
                             [](const ReportedUsage& usage) { return !usage.nearest.empty(); });
}

std::string UsageRow(const UsageReport& report, std::size_t index, bool has_contextual) {
  const ReportedUsage& usage = report.usages[index];
  std::string row = "<tr id=\"usage-" + Numbered(index) + "\">";
  Append(row, "<th scope=\"row\"><span class=\"number", SenseClass(report, index), "\">",
         Numbered(index), "</span></th><td class=\"text\" dir=\"auto\">", MarkedText(report, index),
         usage.is_cut ? " <span class=\"note\">the encoder took only the beginning</span>" : "",
         "</td>");
  if (has_contextual) {
    Append(row, "<td class=\"near context\" data-label=\"in context\">",
           NearestWords(usage.nearest, kShownWords, report.static_nearest), "</td>");
  }
  if (!report.static_nearest.empty()) {
    Append(row, "<td class=\"near static\" data-label=\"static, the same everywhere\">",
           NearestWords(report.static_nearest, kShownWords), "</td>");
  }
  return row + "</tr>\n";
}

std::string UsageTable(const UsageReport& report, std::size_t begin, std::size_t end) {
  const bool has_contextual = HasContextualWords(report);
  std::string table =
      "<table class=\"usages\"><thead><tr><th scope=\"col\"><span class=\"unseen\">Number</span>"
      "</th><th scope=\"col\">usage</th>";
  if (has_contextual) table += "<th scope=\"col\" class=\"context\">nearest words in context</th>";
  if (!report.static_nearest.empty()) {
    table += "<th scope=\"col\" class=\"static\">static: the same everywhere</th>";
  }
  table += "</tr></thead><tbody>\n";
  for (std::size_t index = begin; index < end; ++index) {
    table += UsageRow(report, index, has_contextual);
  }
  return table + "</tbody></table>\n";
}

std::string UsagesNote(const UsageReport& report) {
  std::string note;
  if (HasContextualWords(report)) {
    Append(note, "In context: the words nearest to the encoder’s vector of this very usage (",
           LayerName(report.layer), "). ");
  }
  if (report.static_nearest.empty()) {
    Append(note, "<b>", EscapeHtml(report.static_store), "</b> has no vector of ‘",
           EscapeHtml(report.word), "’: there is nothing static to set beside it. ");
  } else if (HasContextualWords(report)) {
    note += "<b class=\"news\">Bold</b>: not among the static vector’s. ";
  }
  if (!note.empty()) note += "Small figures are cosines. ";
  if (report.without_count > 0) {
    Append(note, Counted(report.without_count, "text", "texts"), " of ",
           WithThousands(report.read_count), " without the word. ");
  }
  if (report.beyond_count > 0) {
    Append(note, Counted(report.beyond_count, "usage", "usages"),
           " left out: the encoder does not take that much of the text. ");
  }
  return note;
}

}  // namespace

std::string UsagesSection(const UsageReport& report) {
  std::string section =
      "<section aria-labelledby=\"usages\"><h2 id=\"usages\">Usages</h2>\n<p class=\"note\">" +
      UsagesNote(report) + "</p>\n";
  const std::size_t shown = std::min(kShownUsages, report.usages.size());
  section += UsageTable(report, 0, shown);
  if (shown < report.usages.size()) {
    Append(section, "<details><summary>",
           Counted(report.usages.size() - shown, "more usage", "more usages"), "</summary>\n",
           UsageTable(report, shown, report.usages.size()), "</details>\n");
  }
  return section + "</section>\n";
}

std::string SensesSection(const UsageReport& report) {
  std::string section = "<section aria-labelledby=\"senses\"><h2 id=\"senses\">Senses</h2>\n";
  Append(section, "<p class=\"note\">Usages whose vectors lie together (",
         LayerName(report.sense_layer), "), named by the words nearest to their middle.");
  if (report.silhouette) {
    Append(section, " Silhouette ", FixedPoint(*report.silhouette, 2),
           ": 1 would be senses wholly apart, 0 senses that run into each other.");
  }
  section += "</p>\n<div class=\"senses\">\n";
  for (std::size_t index = 0; index < report.senses.size(); ++index) {
    const ReportedSense& sense = report.senses[index];
    Append(section, "<article><h3>", SenseMarker(index), " ", SenseName(sense),
           "</h3>\n<p class=\"count\">Sense ", Numbered(index), ": ",
           Counted(sense.usage_count, "usage", "usages"), " of ",
           WithThousands(report.usages.size()), "</p>\n<p class=\"near\">",
           NearestWords(sense.nearest, kShownWords), "</p>\n<ul>\n");
    for (const std::size_t example : sense.examples) {
      Append(section, "<li><a href=\"#usage-", Numbered(example), "\">", Numbered(example),
             "</a> <q class=\"text\" dir=\"auto\">", MarkedText(report, example), "</q></li>\n");
    }
    section += "</ul></article>\n";
  }
  return section + "</div></section>\n";
}

}  // namespace wordkin::cli
