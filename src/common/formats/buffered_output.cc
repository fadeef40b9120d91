#include "common/formats/buffered_output.h"

#include <algorithm>
#include <span>

#include "common/formats/word2vec_header.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

}  // namespace

void BufferedOutput::Append(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) Flush();
}

void BufferedOutput::Flush() {
  file_.Write(std::as_bytes(std::span(buffer_)));
  buffer_.clear();
}

std::string_view WritableWord(const EmbeddingStore& store, WordId id, const std::string& path) {
  const std::string_view word = store.Word(id);
  if (std::any_of(word.begin(), word.end(), IsAsciiWhitespace)) {
    throw Error(ErrorKind::kUsage, "cannot write '" + path + "': the word " + QuoteExcerpt(word) +
                                       " of '" + store.path() +
                                       "' holds white space, which ends a word in this format");
  }
  return word;
}

}  // namespace wordkin
