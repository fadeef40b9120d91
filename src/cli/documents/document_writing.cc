#include "cli/documents/document_writing.h"

#include <span>
#include <utility>
#include <vector>

#include "cli/answers/temporary_store.h"
#include "cli/indexing.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

StoreOptions OptionsOf(const query::CollectedDocuments& documents, const DocumentOutput& output) {
  return {.precision = output.precision,
          .metadata_json = output.metadata,
          .texts = &documents.texts,
          .document_settings = output.settings,
          .earlier_rows = output.earlier};
}

// Rows would come from a file that is no more.
void RequireUnchanged(const DocumentOutput& output) {
  if (output.earlier == nullptr || output.earlier->IsCurrent()) return;
  throw Error(ErrorKind::kInputOutput, "cannot add to '" + output.earlier->path() +
                                           "': another program changed the file meanwhile");
}

// The graph is built over the rows as they are kept; the documents' memory is free again by then.
EmbeddingStore WithoutGraph(query::CollectedDocuments documents, const DocumentOutput& output,
                            const std::string& path) {
  return TemporaryStore(documents.table, OptionsOf(documents, output), path, path);
}

}  // namespace

bool WriteDocuments(AtomicFile& file, query::CollectedDocuments documents,
                    const DocumentOutput& output, const std::atomic<bool>& stop, Console& console) {
  if (!output.with_graph) {
    RequireUnchanged(output);
    WriteStore(file, documents.table, OptionsOf(documents, output));
    return false;
  }
  const EmbeddingStore store = WithoutGraph(std::move(documents), output, file.path());
  const query::HnswOptions options = {.thread_count = output.thread_count};
  RequireGraphMemory(store, options.connectivity, "give --no-index or free some");
  const std::vector<std::byte> graph =
      BuildGraph(store, options, "documents", stop, output.quiet, console);
  RequireUnchanged(output);
  if (graph.empty()) {
    // The same file: one section stands in for itself.
    WriteStoreWithSection(file, store, SectionKind::kDocumentSettings,
                          std::as_bytes(std::span(output.settings)));
    return false;
  }
  WriteStoreWithSection(file, store, SectionKind::kGraph, graph);
  return true;
}

}  // namespace wordkin::cli
