#include "cli/documents/found_documents.h"

#include <optional>

#include "cli/json.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "common/text/text_columns.h"
#include "common/text/utf8.h"

namespace wordkin::cli {

void FoundDocumentsWriter::WriteJson(std::string_view query,
                                     const std::vector<std::string>& unknown,
                                     std::string_view search, const query::DocumentAnswer& answer) {
  Json json;
  json["query"] = query;
  if (!unknown.empty()) json["unknown"] = unknown;
  if (!answer.is_understood) {
    json["error"] = NotUnderstood(unknown);
    return console_.Write(JsonLine(json));
  }
  json["search"] = search;
  json["documents"] = Json::array();
  std::string opening = JsonText(json);
  opening.resize(opening.size() - std::string_view("]}").size());
  console_.Write(opening);
  std::string_view separator;
  for (const query::FoundDocument& found : answer.found) {
    console_.Write(separator);
    console_.Write(JsonText({{"id", documents_.Word(found.row)},
                             {"score", JsonNumber(found.score)},
                             {"text", texts_.Read(found.row)}}));
    separator = ",";
  }
  console_.Write("]}\n");
}

void FoundDocumentsWriter::WriteReadable(const query::DocumentAnswer& answer) {
  if (answer.found.empty()) return console_.Write("  (no documents)\n");
  const std::optional<std::size_t> columns = console_.output_width();
  for (const query::FoundDocument& found : answer.found) {
    std::string line = found.score < 0 ? " " : "  ";  // negative scores keep their column
    line += FixedPoint(found.score, 4) + "  " + Printable(documents_.Word(found.row)) + "  " +
            Printable(OnOneLine(texts_.Read(found.row)));
    console_.Write((columns ? CutToColumns(line, *columns) : line) + "\n");
  }
}

void FoundDocumentsWriter::WriteFields(std::string_view query,
                                       const query::DocumentAnswer& answer) {
  const std::string asked = Printable(OnOneLine(RepairUtf8(query)));
  if (answer.found.empty()) return console_.Write(asked + "\t(no documents)\n");
  for (const query::FoundDocument& found : answer.found) {
    console_.Write(asked + "\t" + FixedPoint(found.score, 4) + "\t" +
                   Printable(documents_.Word(found.row)) + "\t" +
                   Printable(OnOneLine(texts_.Read(found.row))) + "\n");
  }
}

std::string_view NotUnderstood(const std::vector<std::string>& unknown) {
  return unknown.empty() ? "it has no words" : "none of its words is known";
}

}  // namespace wordkin::cli
