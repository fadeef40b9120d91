#pragma once

#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// Gathers small pieces into large writes. Flush() before the file's Commit().
class BufferedOutput {
 public:
  explicit BufferedOutput(AtomicFile& file) : file_(file) {}
  // Throws kInputOutput.
  void Append(std::string_view bytes);
  void Flush();

 private:
  AtomicFile& file_;
  std::string buffer_;
};

// The word, for a format that ends words by ASCII white space. Throws kUsage, naming 'path' and the
// word, when it holds some. Valid while the store lives.
std::string_view WritableWord(const EmbeddingStore& store, WordId id, const std::string& path);

}  // namespace wordkin
