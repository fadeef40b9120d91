#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/support/atomic_file.h"
#include "common/text/compression.h"

namespace wordkin {

// A file that appears whole or not at all, made of small pieces; compressed on the way when its
// name ends in ".gz" or ".zst". Append() and Commit() throw as AtomicFile does.
class BufferedOutput {
 public:
  // As AtomicFile.
  explicit BufferedOutput(const std::string& path, const std::atomic<bool>* stop = nullptr);

  const std::string& path() const { return file_.path(); }
  // Bytes given so far, before compression.
  std::uint64_t size() const { return size_; }
  void Append(std::string_view bytes);
  // The file is complete. Once, and nothing after it.
  void Commit();

 private:
  void Flush(bool is_last);

  AtomicFile file_;
  std::unique_ptr<Compressor> compressor_;
  std::string buffer_;
  std::string compressed_;
  std::uint64_t size_ = 0;
};

// Values in the shortest form that reads back as the same float32, and a line end.
void AppendTextRow(std::span<const float> row, std::string_view separator, BufferedOutput& output);

// The word, for a format that ends words by ASCII white space. Throws kUsage, naming 'path' and the
// word, when it holds some. Valid while the store lives.
std::string_view WritableWord(const EmbeddingStore& store, WordId id, const std::string& path);
// The same, for a format of a word a line: of white space only a line end does harm.
std::string_view WritableLine(const EmbeddingStore& store, WordId id, const std::string& path);

}  // namespace wordkin
