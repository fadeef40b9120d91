#include "cli/documents/found_documents.h"

#include <algorithm>

#include "cli/json.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "common/text/text_columns.h"
#include "common/text/utf8.h"

namespace wordkin::cli {

std::string DocumentsJson(const EmbeddingStore& documents, std::string_view query,
                          const std::vector<std::string>& unknown, std::string_view search,
                          const query::DocumentAnswer& answer) {
  Json json;
  json["query"] = query;
  if (!unknown.empty()) json["unknown"] = unknown;
  if (!answer.is_understood) {
    json["error"] = NotUnderstood(unknown);
    return JsonLine(json);
  }
  json["search"] = search;
  json["documents"] = Json::array();
  for (const query::FoundDocument& found : answer.found) {
    json["documents"].push_back({{"id", documents.Word(found.row)},
                                 {"score", JsonNumber(found.score)},
                                 {"text", found.text}});
  }
  return JsonLine(json);
}

std::string DocumentsReadable(const EmbeddingStore& documents, const query::DocumentAnswer& answer,
                              std::optional<std::size_t> columns) {
  if (answer.found.empty()) return "  (no documents)\n";
  std::string text;
  for (const query::FoundDocument& found : answer.found) {
    std::string line = found.score < 0 ? " " : "  ";  // negative scores keep their column
    line += FixedPoint(found.score, 4) + "  " + Printable(documents.Word(found.row)) + "  " +
            Printable(OnOneLine(found.text));
    text += (columns ? CutToColumns(line, *columns) : line) + "\n";
  }
  return text;
}

std::string DocumentsFields(const EmbeddingStore& documents, std::string_view query,
                            const query::DocumentAnswer& answer) {
  const std::string asked = Printable(OnOneLine(RepairUtf8(query)));
  if (answer.found.empty()) return asked + "\t(no documents)\n";
  std::string text;
  for (const query::FoundDocument& found : answer.found) {
    text += asked + "\t" + FixedPoint(found.score, 4) + "\t" +
            Printable(documents.Word(found.row)) + "\t" + Printable(OnOneLine(found.text)) + "\n";
  }
  return text;
}

std::string_view NotUnderstood(const std::vector<std::string>& unknown) {
  return unknown.empty() ? "it has no words" : "none of its words is known";
}

}  // namespace wordkin::cli
