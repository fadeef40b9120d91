#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/documents/document_search.h"

namespace wordkin::cli {

// Answers of 'wordkin search' in its three styles.

// {"query":q,"unknown":[...],"search":s,"documents":[{"id":i,"score":x,"text":t}]}, a line;
// "unknown" where there are such words, and "error" in place of the last two for a question that
// gave nothing to go by.
std::string DocumentsJson(const EmbeddingStore& documents, std::string_view query,
                          const std::vector<std::string>& unknown, std::string_view search,
                          const query::DocumentAnswer& answer);

// "  0.7654  id  text", a line each; the text on one line, and cut to a terminal's columns where
// they are given.
std::string DocumentsReadable(const EmbeddingStore& documents, const query::DocumentAnswer& answer,
                              std::optional<std::size_t> columns);

// query, score, id and text between tabs, a line each; "query\t(reason)" for no answer.
std::string DocumentsFields(const EmbeddingStore& documents, std::string_view query,
                            const query::DocumentAnswer& answer);

// Why a question that gave nothing to go by has no answer: "none of its words is known".
std::string_view NotUnderstood(const std::vector<std::string>& unknown);

}  // namespace wordkin::cli
