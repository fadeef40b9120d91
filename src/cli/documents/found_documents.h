#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "common/store/embedding_store.h"
#include "query/documents/document_search.h"

namespace wordkin::cli {

// Writes answers of 'wordkin search' in its three styles, with one text after another in memory,
// since all of an answer's may be many times the size of their file.
class FoundDocumentsWriter {
 public:
  // Both outlive this.
  FoundDocumentsWriter(const EmbeddingStore& documents, Console& console)
      : documents_(documents), console_(console), texts_(*documents.texts()) {}

  // {"query":q,"unknown":[...],"search":s,"documents":[{"id":i,"score":x,"text":t}]}, a line;
  // "unknown" where there are such words, and "error" in place of the last two for a question that
  // gave nothing to go by.
  void WriteJson(std::string_view query, const std::vector<std::string>& unknown,
                 std::string_view search, const query::DocumentAnswer& answer);

  // "  0.7654  id  text", a line each; the text on one line, and cut to a terminal's columns.
  void WriteReadable(const query::DocumentAnswer& answer);

  // query, score, id and text between tabs, a line each; "query\t(reason)" for no answer.
  void WriteFields(std::string_view query, const query::DocumentAnswer& answer);

 private:
  const EmbeddingStore& documents_;
  Console& console_;
  TextReader texts_;
};

// Why a question that gave nothing to go by has no answer: "none of its words is known".
std::string_view NotUnderstood(const std::vector<std::string>& unknown);

}  // namespace wordkin::cli
