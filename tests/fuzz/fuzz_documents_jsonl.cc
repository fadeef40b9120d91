// Any file of JSON objects a line gives documents that a store can hold, refuses what is wrong with
// kDamaged, and when it is to skip that gives the others.

#include <algorithm>
#include <cstdlib>
#include <unordered_set>
#include <vector>

#include "cli/documents/document_source.h"
#include "common/store/store_format.h"
#include "common/support/error.h"
#include "common/text/utf8.h"
#include "tests/fuzz/memory_file.h"

namespace {

using wordkin::query::Document;

struct ReadDocuments {
  std::vector<Document> documents;
  std::size_t faults = 0;
  bool is_whole = false;
};

ReadDocuments ReadAll(const std::string& path, bool skips_faults) {
  ReadDocuments read;
  wordkin::cli::DocumentSource source(
      {path},
      {.kind = {.form = wordkin::cli::DocumentForm::kJsonLines}, .skips_faults = skips_faults},
      [&](const std::string&) { ++read.faults; });
  try {
    for (auto some = source.Next(3); !some.empty(); some = source.Next(3)) {
      if (some.size() > 3) std::abort();
      std::ranges::move(some, std::back_inserter(read.documents));
    }
    read.is_whole = true;
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
  if (source.fault_count() != read.faults) std::abort();
  return read;
}

void CheckDocument(const Document& document) {
  const bool is_sound = !document.id.empty() && document.id.size() <= wordkin::kMaxWordBytes &&
                        wordkin::IsValidUtf8(document.id) && wordkin::IsValidUtf8(document.text) &&
                        document.text.size() <= wordkin::kMaxDocumentBytes &&
                        !wordkin::TrimWhitespace(document.text).empty();
  if (!is_sound) std::abort();
}

bool IsSame(const Document& a, const Document& b) { return a.id == b.id && a.text == b.text; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile file(data, size);
  const ReadDocuments lenient = ReadAll(file.path(), /*skips_faults=*/true);
  std::unordered_set<std::string> ids;
  for (const Document& document : lenient.documents) {
    CheckDocument(document);
    if (!ids.insert(document.id).second) std::abort();
  }
  // Up to the first fault both read the same.
  const ReadDocuments strict = ReadAll(file.path(), /*skips_faults=*/false);
  if (strict.faults > 0 || strict.documents.size() > lenient.documents.size()) std::abort();
  if (!std::ranges::equal(strict.documents,
                          std::span(lenient.documents).first(strict.documents.size()), IsSame)) {
    std::abort();
  }
  if (strict.is_whole != (lenient.is_whole && lenient.faults == 0)) std::abort();
  if (strict.is_whole && strict.documents.size() != lenient.documents.size()) std::abort();
  return 0;
}
