#include "cli/comparison/usage_text.h"

#include <algorithm>

#include "cli/console.h"
#include "cli/evaluation/evaluation_figures.h"
#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kMostShown = 12;  // usages one by one, and as rows of the matrix

std::string Names(const std::vector<ReportedWord>& words) {
  std::string text;
  for (const ReportedWord& each : words) {
    text += (text.empty() ? "" : ", ") + Printable(each.word);
  }
  return text.empty() ? "-" : text;
}

// The text with the word in bold, or in brackets where there are no colours.
std::string Marked(const UsageReport& report, const ReportedUsage& usage, const Console& console) {
  const std::string& text = report.texts[usage.text];
  const std::string word =
      Printable(text.substr(usage.bytes.begin, usage.bytes.end - usage.bytes.begin));
  const std::string bold = console.Bold(word);
  return Printable(text.substr(0, usage.bytes.begin)) + (bold == word ? "[" + word + "]" : bold) +
         Printable(text.substr(usage.bytes.end));
}

std::string UsageLines(const UsageReport& report, const Console& console) {
  const std::string static_names = Names(report.static_nearest);
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostShown, report.usages.size()); ++i) {
    const ReportedUsage& usage = report.usages[i];
    text += AlignedRight(std::to_string(i + 1), 3) + "  " + Marked(report, usage, console) + "\n" +
            "     in context  " + Names(usage.nearest) + "\n" +
            console.Dim("     static      " + static_names) + "\n";
  }
  return text;
}

// Half of it: cosines have no order.
std::string Matrix(const UsageReport& report, const Console& console) {
  const std::size_t count = report.usages.size();
  const std::size_t shown = std::min(kMostShown, count);
  const std::size_t last = report.cosines.size() - 1;
  const std::size_t layer = ParseInteger(report.layer).value_or(last);
  const std::vector<float>& cosines = report.cosines[layer];
  std::string text = console.Bold("cosines, layer " + std::to_string(layer)) +
                     "  (static: 1.00 everywhere)\n     ";
  for (std::size_t i = 0; i + 1 < shown; ++i) text += AlignedRight(std::to_string(i + 1), 6);
  text += '\n';
  for (std::size_t i = 1; i < shown; ++i) {
    text += AlignedRight(std::to_string(i + 1), 5);
    for (std::size_t j = 0; j < i; ++j)
      text += AlignedRight(FixedPoint(cosines[i * count + j], 2), 6);
    text += '\n';
  }
  return text;
}

std::string Layers(const UsageReport& report, const Console& console) {
  constexpr double kBarWidth = 40;
  std::string text = console.Bold("mean cosine by layer") + "\n";
  for (std::size_t layer = 0; layer < report.mean_cosines.size(); ++layer) {
    const float cosine = report.mean_cosines[layer];
    const auto width = static_cast<std::size_t>(std::max(0.0, kBarWidth * cosine + 0.5));
    text += AlignedRight(std::to_string(layer), 5) + AlignedRight(FixedPoint(cosine, 2), 6) + "  " +
            console.Dim(std::string(width, '=')) + "\n";
  }
  return text;
}

std::string Senses(const UsageReport& report, const Console& console) {
  std::string text = console.Bold(Counted(report.senses.size(), "sense", "senses"));
  text += "  by layer " + report.sense_layer;
  if (report.silhouette) text += ", silhouette " + FixedPoint(*report.silhouette, 2);
  text += '\n';
  for (std::size_t i = 0; i < report.senses.size(); ++i) {
    const ReportedSense& sense = report.senses[i];
    text += AlignedRight(std::to_string(i + 1), 3) + "  " + console.Bold(Names(sense.nearest)) +
            "  (" + Counted(sense.usage_count, "usage", "usages") + ")\n";
    for (const std::size_t usage : sense.examples) {
      text += "       " + Marked(report, report.usages[usage], console) + "\n";
    }
  }
  return text;
}

}  // namespace

std::string UsageText(const UsageReport& report, const Console& console) {
  std::string text = console.Bold("'" + Printable(report.word) + "' in " +
                                  Counted(report.usages.size(), "place", "places")) +
                     "  nearest words by layer " + report.layer + "\n";
  const std::size_t count = report.usages.size();
  if (count > kMostShown && !report.senses.empty()) {  // which show examples
    text += "     static      " + Names(report.static_nearest) + "\n" +
            console.Dim("     each usage and the matrix: --html or --json") + "\n";
  } else {
    text += UsageLines(report, console);
    if (count > kMostShown) {
      text +=
          console.Dim("     and " + WithThousands(count - kMostShown) + " more: --html or --json") +
          "\n";
    }
    if (count > 1) text += "\n" + Matrix(report, console);
  }
  if (report.usages.size() > 1) text += "\n" + Layers(report, console);
  if (!report.senses.empty()) text += "\n" + Senses(report, console);
  return text;
}

}  // namespace wordkin::cli
