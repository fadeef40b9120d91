#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/documents/document_source.h"
#include "cli/json.h"
#include "query/documents/document_collection.h"

namespace wordkin::cli {

// What became of documents that are not in the file, or not as they were.
struct DocumentTally {
  std::uint64_t empty = 0;                     // of white space alone
  std::uint64_t unknown = 0;                   // of unknown words alone
  std::uint64_t faulty = 0;                    // left out by --on-error skip
  std::uint64_t repaired = 0;                  // with bytes that were no UTF-8
  std::uint64_t cut = 0;                       // longer than an encoder takes
  std::uint64_t words = 0, unknown_words = 0;  // of all documents, for word vectors
  std::uint64_t directionless = 0;  // nothing but what all have in common: never an answer
};

// Reads all documents of 'source' into 'collection', with a progress bar. False when 'stop' became
// true before the end.
bool CollectDocuments(DocumentSource& source, query::TextEmbedder& embedder,
                      query::DocumentCollection& collection, const std::atomic<bool>& stop,
                      bool quiet, Console& console, DocumentTally& tally);

// {"empty":n,"unknown":n,"faulty":n}: how many were left out.
Json TallyJson(const DocumentTally& tally);
// What there is to tell, a line each.
std::vector<std::string> TallyLines(const DocumentTally& tally);

}  // namespace wordkin::cli
