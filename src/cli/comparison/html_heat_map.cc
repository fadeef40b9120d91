#include <algorithm>
#include <numeric>

#include "cli/comparison/html_sections.h"
#include "cli/comparison/html_texts.h"
#include "cli/html/html_escape.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

std::string CellStyle(const CosineScale& scale, std::uint8_t cosine) {
  return "background:" + scale.HexColor(cosine) +
         (cosine >= scale.first_light() ? ";color:#000" : ";color:#fff");
}

std::string HeatRow(const UsageReport& report, const CosineScale& scale,
                    const std::vector<std::size_t>& order, std::size_t row_usage) {
  const std::size_t count = order.size();
  const bool is_numbered = count <= kMostNumberedUsages;
  std::string row = "<tr><th scope=\"row\"><a href=\"#usage-" + Numbered(row_usage) + "\"><span";
  Append(row, " class=\"number", SenseClass(report, row_usage), "\">", Numbered(row_usage),
         "</span>");
  if (is_numbered) {
    Append(row, " <span class=\"snippet\" dir=\"auto\">", Snippet(report, row_usage), "</span>");
  }
  row += "</a></th>";
  for (const std::size_t column_usage : order) {
    const std::uint8_t cosine = CosineByte(report.cosines.back()[row_usage * count + column_usage]);
    if (is_numbered) {
      Append(row, "<td style=\"", CellStyle(scale, cosine), "\">", CosineText(cosine), "</td>");
    } else {
      Append(row, "<td style=\"background:", scale.HexColor(cosine), "\" title=\"",
             Numbered(row_usage), " and ", Numbered(column_usage), ": ", CosineText(cosine),
             "\"></td>");
    }
  }
  return row + "</tr>\n";
}

std::string HeatTable(const UsageReport& report, const CosineScale& scale,
                      const std::vector<std::size_t>& order) {
  std::string table = "<table class=\"heat";
  Append(table, order.size() > kMostNumberedUsages ? " dense" : "",
         "\" id=\"heat\" style=\"--n:", std::to_string(order.size()),
         "\"><caption class=\"unseen\">Cosines of the usages’ contextual vectors</caption>\n"
         "<thead><tr><td></td>");
  for (const std::size_t usage : order) {
    Append(table, "<th scope=\"col\"><span class=\"number", SenseClass(report, usage), "\">",
           Numbered(usage), "</span></th>");
  }
  table += "</tr></thead><tbody>\n";
  for (const std::size_t usage : order) table += HeatRow(report, scale, order, usage);
  return table + "</tbody></table>\n";
}

// A Windows bitmap of a byte a pixel: the one picture format that needs no compression, and whose
// palette takes the cosines' bytes as they are.
std::string HeatBitmap(const UsageReport& report, const CosineScale& scale,
                       const std::vector<std::size_t>& order) {
  constexpr std::size_t kHeaderBytes = 14 + 40;
  constexpr std::size_t kColors = 256;
  const std::size_t count = order.size();
  const std::size_t row_bytes = (count + 3) / 4 * 4;
  const std::size_t pixels_at = kHeaderBytes + 4 * kColors;
  std::string bitmap = "BM";
  AppendLittleEndian(bitmap, pixels_at + row_bytes * count, 4);
  AppendLittleEndian(bitmap, 0, 4);
  AppendLittleEndian(bitmap, pixels_at, 4);
  AppendLittleEndian(bitmap, 40, 4);  // bytes of what follows
  AppendLittleEndian(bitmap, count, 4);
  AppendLittleEndian(bitmap, count, 4);
  AppendLittleEndian(bitmap, 1, 2);  // plane
  AppendLittleEndian(bitmap, 8, 2);  // bits a pixel
  AppendLittleEndian(bitmap, 0, 4);  // not compressed
  AppendLittleEndian(bitmap, row_bytes * count, 4);
  AppendLittleEndian(bitmap, 0, 8);  // resolution: unknown
  AppendLittleEndian(bitmap, kColors, 4);
  AppendLittleEndian(bitmap, 0, 4);  // all are important
  for (std::size_t color = 0; color < kColors; ++color) {
    const auto [red, green, blue] = scale.Color(static_cast<std::uint8_t>(color));
    for (const std::uint8_t part : {blue, green, red}) bitmap += static_cast<char>(part);
    bitmap += '\0';
  }
  for (std::size_t row = count; row-- > 0;) {  // the lowest first
    for (const std::size_t column_usage : order) {
      bitmap +=
          static_cast<char>(CosineByte(report.cosines.back()[order[row] * count + column_usage]));
    }
    bitmap.append(row_bytes - count, '\0');
  }
  return bitmap;
}

// Along the picture: how much of it belongs to which sense.
std::string SenseStrip(const UsageReport& report, std::string_view direction) {
  if (report.senses.empty()) return "";
  std::string strip = "<div class=\"strip ";
  Append(strip, direction, "\" aria-hidden=\"true\">");
  for (std::size_t sense = 0; sense < report.senses.size(); ++sense) {
    const auto members = std::ranges::count_if(
        report.usages, [sense](const ReportedUsage& usage) { return usage.sense == sense; });
    Append(strip, "<i class=\"", SenseColor(sense),
           "\" style=\"flex-grow:", std::to_string(members), "\"></i>");
  }
  return strip + "</div>";
}

std::string HeatPicture(const UsageReport& report, const CosineScale& scale,
                        const std::vector<std::size_t>& order) {
  return "<div class=\"picture\">" + SenseStrip(report, "across") + SenseStrip(report, "down") +
         "<img id=\"heat\" alt=\"Heat map of the cosines of " +
         Counted(order.size(), "usage", "usages") + "\" src=\"data:image/bmp;base64," +
         Base64(HeatBitmap(report, scale, order)) + "\"></div>\n";
}

std::string Legend(const CosineScale& scale) {
  constexpr int kStops = 8;
  std::string legend = "<p class=\"legend\"><span>" + CosineText(scale.lowest()) + "</span><i ";
  legend += "style=\"background:linear-gradient(90deg";
  for (int stop = 0; stop <= kStops; ++stop) {
    const int cosine = scale.lowest() + (200 - scale.lowest()) * stop / kStops;
    Append(legend, ",", scale.HexColor(static_cast<std::uint8_t>(cosine)));
  }
  return legend + ")\"></i><span>1.00: the same vector</span></p>\n";
}

std::string StaticSquare(const UsageReport& report, const CosineScale& scale) {
  if (report.static_nearest.empty()) {
    return "<figure class=\"same\"><figcaption>static: ‘" + EscapeHtml(report.word) +
           "’ is not in the store</figcaption></figure>\n";
  }
  const std::size_t cells = std::min(report.usages.size(), kMostNumberedUsages);
  std::string square =
      "<figure class=\"same\"><svg viewBox=\"0 0 100 100\" role=\"img\" "
      "aria-label=\"The same matrix of the static vector: every cosine is 1.00\">";
  Append(square, "<rect width=\"100\" height=\"100\" fill=\"", scale.HexColor(200),
         "\"/><path d=\"");
  for (std::size_t line = 1; line < cells; ++line) {
    const std::string at =
        FixedPoint(100.0 * static_cast<double>(line) / static_cast<double>(cells), 1);
    Append(square, "M", at, " 0V100M0 ", at, "H100");
  }
  return square +
         "\"/><text x=\"50\" y=\"56\">1.00</text></svg><figcaption>static: all "
         "1.00</figcaption></figure>\n";
}

}  // namespace

std::vector<std::size_t> DisplayOrder(const UsageReport& report) {
  std::vector<std::size_t> order(report.usages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!report.senses.empty()) {
    std::ranges::stable_sort(order, {},
                             [&](std::size_t usage) { return report.usages[usage].sense; });
  } else if (order.size() > kMostNumberedUsages) {
    std::ranges::stable_sort(order, {},
                             [&](std::size_t usage) { return report.usages[usage].position[0]; });
  }
  return order;
}

std::string HeatMapSection(const UsageReport& report, const CosineScale& scale,
                           const std::vector<std::size_t>& order) {
  const std::size_t last = report.cosines.size() - 1;
  std::string section =
      "<section aria-labelledby=\"matrix\"><h2 id=\"matrix\">Each usage with each"
      "</h2>\n<p class=\"note\">Cosines of the vectors of ‘";
  Append(section, EscapeHtml(report.word), "’, usage by usage");
  if (!report.senses.empty()) {
    section += ", in the order of their senses";
  } else if (order.size() > kMostNumberedUsages) {
    section += ", in the order of the map’s first axis";
  }
  Append(section,
         ". Yellow: the same. Blue: far apart.</p>\n<p class=\"controls\">"
         "<label for=\"layer\" hidden>Layer</label> <input type=\"range\" id=\"layer\" min=\"0\" "
         "max=\"",
         std::to_string(last), "\" value=\"", std::to_string(last),
         "\" autocomplete=\"off\" hidden> <output id=\"shown\" for=\"layer\">", LayerName(last),
         ": mean ", CosineText(report.mean_cosines[last]),
         "</output></p>\n<div class=\"matrices\">"
         "<div class=\"matrix\">\n");
  section += order.size() <= kMostTableUsages ? HeatTable(report, scale, order)
                                              : HeatPicture(report, scale, order);
  return section + Legend(scale) + "</div>\n" + StaticSquare(report, scale) + "</div></section>\n";
}

}  // namespace wordkin::cli
