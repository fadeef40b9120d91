#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/documents/document_kind.h"
#include "common/store/embedding_store.h"
#include "common/text/line_reader.h"
#include "query/documents/document_collection.h"

namespace wordkin::cli {

struct DocumentSourceOptions {
  DocumentKind kind = {};
  bool skips_faults = false;       // leaves out what is wrong, and tells, rather than refuses it
  std::uint64_t lines_before = 0;  // of kLines: read before, so that ids count on
  const EmbeddingStore* earlier = nullptr;  // whose documents' ids no other may have
};

// Hears what is wrong with a document that is left out.
using FaultListener = std::function<void(const std::string& fault)>;

// The documents of files, folders' files or standard input, one after another. Bytes that are no
// UTF-8 become U+FFFD.
class DocumentSource {
 public:
  // 'paths' are ExpandCorpusPaths()'s.
  DocumentSource(std::vector<std::string> paths, DocumentSourceOptions options,
                 FaultListener on_fault);

  // The next ones, at most 'limit', fewer when their texts are long; none at the end. Without
  // documents of white space alone. Throws kInputOutput; kDamaged naming file and line for what is
  // no text or no such JSON object, and for an id that repeats.
  std::vector<query::Document> Next(std::size_t limit);

  std::uint64_t empty_count() const { return empty_count_; }
  std::uint64_t fault_count() const { return fault_count_; }
  // Documents with bytes that were no UTF-8.
  std::uint64_t repaired_count() const { return repaired_count_; }
  // Of kLines: those of all inputs so far, and before.
  std::uint64_t lines_read() const { return lines_read_; }
  // Bytes of the inputs read so far, and of all of them; 0 when that is not known.
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_total() const { return bytes_total_; }

 private:
  // Without lines that are too long, which are faults. nullopt at the end of the file.
  std::optional<std::string_view> NextLine();
  // nullopt: nothing came of it (empty, or a fault that was told).
  std::optional<query::Document> NextFromLine(std::string_view line);
  std::optional<query::Document> ReadFile(const std::string& path);
  std::optional<query::Document> ParseLine(std::string_view line);
  std::optional<query::Document> Checked(query::Document document);
  // Throws it, or counts and tells it.
  void Fault(const std::string& problem);
  std::string Place() const;

  std::vector<std::string> paths_;
  DocumentSourceOptions options_;
  FaultListener on_fault_;
  std::size_t next_path_ = 0;
  std::unique_ptr<LineReader> lines_;    // of the file before next_path_; nullptr: none is open
  std::unordered_set<std::string> ids_;  // where they may repeat
  std::uint64_t empty_count_ = 0;
  std::uint64_t fault_count_ = 0;
  std::uint64_t repaired_count_ = 0;
  std::uint64_t lines_read_ = 0;
  std::uint64_t finished_bytes_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace wordkin::cli
