#include "common/formats/buffered_output.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "common/formats/word2vec_header.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

Error CannotWriteWord(const EmbeddingStore& store, std::string_view word, const std::string& path,
                      const std::string& reason) {
  return {ErrorKind::kUsage, "cannot write '" + path + "': the word " + QuoteExcerpt(word) +
                                 " of '" + store.path() + "' holds " + reason};
}

}  // namespace

BufferedOutput::BufferedOutput(const std::string& path, const std::atomic<bool>* stop)
    : file_(path, stop), compressor_(MakeCompressor(CompressionForPath(path))) {}

void BufferedOutput::Append(std::string_view bytes) {
  buffer_ += bytes;
  size_ += bytes.size();
  if (buffer_.size() >= kBufferBytes) Flush(false);
}

void BufferedOutput::Flush(bool is_last) {
  if (compressor_ == nullptr) {
    file_.Write(std::as_bytes(std::span(buffer_)));
  } else {
    compressed_.clear();
    compressor_->Compress(buffer_, is_last, compressed_);
    file_.Write(std::as_bytes(std::span(compressed_)));
  }
  buffer_.clear();
}

void BufferedOutput::Commit() {
  Flush(true);
  file_.Commit();
}

void AppendTextRow(std::span<const float> row, std::string_view separator, BufferedOutput& output) {
  // The longest shortest form of a float32 has 15 characters: -1.17549435e-38.
  std::array<char, 32> digits;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) output.Append(separator);
    const char* const end = std::to_chars(digits.begin(), digits.end(), row[i]).ptr;
    output.Append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  output.Append("\n");
}

std::string_view WritableWord(const EmbeddingStore& store, WordId id, const std::string& path) {
  const std::string_view word = store.Word(id);
  if (std::any_of(word.begin(), word.end(), IsAsciiWhitespace)) {
    throw CannotWriteWord(store, word, path, "white space, which ends a word in this format");
  }
  return word;
}

std::string_view WritableLine(const EmbeddingStore& store, WordId id, const std::string& path) {
  const std::string_view word = store.Word(id);
  if (word.find_first_of("\r\n\t") != std::string_view::npos) {
    throw CannotWriteWord(store, word, path, "a line end or a tab, which end a word in a list");
  }
  return word;
}

}  // namespace wordkin
