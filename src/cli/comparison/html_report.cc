#include "cli/comparison/html_report.h"

#include <cmath>

#include "cli/comparison/cosine_scale.h"
#include "cli/comparison/html_assets.h"
#include "cli/comparison/html_sections.h"
#include "cli/comparison/html_texts.h"
#include "cli/html/html_escape.h"
#include "cli/html/html_page.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

struct FoundPair {
  std::size_t first = 0;
  std::size_t second = 0;
  float cosine = NAN;
};

// The pair of usages nearest (sign 1) or farthest (sign -1) in the last layer.
FoundPair Extreme(const UsageReport& report, float sign) {
  const std::size_t count = report.usages.size();
  FoundPair found;
  for (std::size_t first = 0; first < count; ++first) {
    for (std::size_t second = first + 1; second < count; ++second) {
      const float cosine = report.cosines.back()[first * count + second];
      if (std::isfinite(cosine) &&
          (!std::isfinite(found.cosine) || sign * cosine > sign * found.cosine)) {
        found = {first, second, cosine};
      }
    }
  }
  return found;
}

std::string PairText(const FoundPair& pair) {
  return Numbered(pair.first) + " and " + Numbered(pair.second) + " (" + CosineText(pair.cosine) +
         ")";
}

std::string Summary(const UsageReport& report) {
  const std::string word = "‘" + EscapeHtml(report.word) + "’";
  if (report.usages.size() == 1) {
    return "One usage alone: give more texts with " + word + " to set it beside.";
  }
  std::string summary = report.static_nearest.empty()
                            ? "The static store has no vector of " + word + ". "
                            : "A static vector is the same in all of them: cosine 1.00. ";
  Append(summary, "The encoder’s vectors have, in its last layer, a mean cosine of <b>",
         CosineText(report.mean_cosines.back()), "</b>");
  if (report.usages.size() > 2) {
    Append(summary, "; nearest are ", PairText(Extreme(report, 1)), ", farthest ",
           PairText(Extreme(report, -1)));
  }
  return summary + ".";
}

std::string Header(const UsageReport& report) {
  const std::size_t count = report.usages.size();
  std::string header = "<header>\n<h1>‘" + EscapeHtml(report.word) + "’ in ";
  Append(header, Counted(count, "place", "places"));
  if (count > 1) header += "<span>: what an encoder sees and a static vector cannot</span>";
  Append(header, "</h1>\n<p class=\"summary\">", Summary(report),
         "</p>\n<dl><div><dt>encoder</dt>"
         "<dd>",
         EscapeHtml(report.encoder), "</dd></div> <div><dt>static store</dt><dd>",
         EscapeHtml(report.static_store), "</dd></div> <div><dt>vectors</dt><dd>",
         LayerName(report.layer), "</dd></div></dl>\n</header>\n");
  return header;
}

// Of each layer, the cosines of usages i < j as bytes, row by row.
Json PairCosines(const UsageReport& report) {
  const std::size_t count = report.usages.size();
  Json layers = Json::array();
  for (const std::vector<float>& cosines : report.cosines) {
    std::string bytes;
    for (std::size_t first = 0; first < count; ++first) {
      for (std::size_t second = first + 1; second < count; ++second) {
        bytes += static_cast<char>(CosineByte(cosines[first * count + second]));
      }
    }
    layers.push_back(Base64(bytes));
  }
  return layers;
}

Json ScriptData(const UsageReport& report, const CosineScale& scale,
                const std::vector<std::size_t>& order) {
  std::string palette;
  for (int cosine = scale.lowest(); cosine <= 200; ++cosine) {
    palette += scale.HexColor(static_cast<std::uint8_t>(cosine));
  }
  Json names = Json::array();
  for (std::size_t layer = 0; layer < report.cosines.size(); ++layer) {
    names.push_back(LayerName(layer) + ": mean " + CosineText(report.mean_cosines[layer]));
  }
  return {{"order", order},
          {"numbered", order.size() <= kMostNumberedUsages},
          {"lowest", scale.lowest()},
          {"light", scale.first_light()},
          {"palette", palette},
          {"names", names},
          {"cosines", PairCosines(report)}};
}

std::string PairSections(const UsageReport& report) {
  const CosineScale scale(report);
  const std::vector<std::size_t> order = DisplayOrder(report);
  std::string sections = HeatMapSection(report, scale, order);
  Append(sections, LinesSection(report, scale), MapSection(report));
  if (!report.senses.empty()) sections += SensesSection(report);
  Append(sections, "<script type=\"application/json\" id=\"data\">",
         ScriptJson(ScriptData(report, scale, order)), "</script>\n");
  return sections;
}

}  // namespace

std::string HtmlReport(const UsageReport& report) {
  std::string page = PageHead("‘" + EscapeHtml(report.word) + "’ in context – Wordkin", kPageStyle);
  Append(page, "<body>\n<main>\n", Header(report));
  page += UsagesSection(report);
  if (report.usages.size() > 1) page += PairSections(report);
  Append(page,
         "</main>\n<footer>Made by <code>wordkin compare</code>. This page fetches nothing."
         "</footer>\n<div id=\"tip\" role=\"status\" hidden></div>\n");
  if (report.usages.size() > 1) Append(page, "<script>", kPageScript, "</script>\n");
  return page + "</body>\n</html>\n";
}

}  // namespace wordkin::cli
