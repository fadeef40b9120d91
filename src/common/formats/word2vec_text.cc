#include "common/formats/word2vec_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "common/formats/buffered_output.h"
#include "common/formats/foreign_words.h"
#include "common/formats/word2vec_header.h"
#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

// Walks over the rows of a mapped file. Works byte by byte from the front and never looks for a
// line's end first, so that a file is read once.
class TextRowReader {
 public:
  TextRowReader(const std::string& path, std::string_view rows)
      : path_(path), cursor_(rows.data()), end_(rows.data() + rows.size()) {}

  // The header is line 1.
  std::uint64_t line() const { return line_; }
  bool AtEnd() const { return cursor_ == end_; }

  std::string_view ReadWord() {
    const char* const begin = cursor_;
    cursor_ = std::find_if(cursor_, end_, IsAsciiWhitespace);
    return {begin, static_cast<std::size_t>(cursor_ - begin)};
  }

  void ReadValues(std::span<float> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      SkipBlanks();
      if (cursor_ == end_ || *cursor_ == '\n') {
        throw Damaged("it has " + std::to_string(i) + " values where the header says " +
                      std::to_string(values.size()));
      }
      values[i] = ReadValue();
    }
  }

  void EndRow(std::size_t dimension) {
    SkipBlanks();
    if (cursor_ == end_) return;
    if (*cursor_ != '\n') {
      throw Damaged("it has more than the " + std::to_string(dimension) +
                    " values that the header says");
    }
    ++cursor_;
    ++line_;
  }

  Error Damaged(const std::string& reason) const { return DamagedAt(path_, "line", line_, reason); }

 private:
  void SkipBlanks() {
    while (cursor_ != end_ && *cursor_ != '\n' && IsAsciiWhitespace(*cursor_)) ++cursor_;
  }

  float ReadValue() {
    float value = 0;
    const auto [stop, error] = std::from_chars(cursor_, end_, value);
    const bool is_whole = stop == end_ || IsAsciiWhitespace(*stop);
    if (error != std::errc() || !is_whole || !std::isfinite(value)) return ReadUnusualValue();
    cursor_ = stop;
    return value;
  }

  // What from_chars does not take but printf may have written: a plus sign, and values too small
  // for float32, which are zero. The rest is an error.
  float ReadUnusualValue() {
    const char* const begin = cursor_;
    cursor_ = std::find_if(begin, end_, IsAsciiWhitespace);
    const char* const digits =
        *begin == '+' && cursor_ - begin > 1 && begin[1] != '-' ? begin + 1 : begin;
    double value = 0;
    const auto [stop, error] = std::from_chars(digits, cursor_, value);
    const std::string shown = QuoteExcerpt({begin, static_cast<std::size_t>(cursor_ - begin)});
    if (error == std::errc::invalid_argument || stop != cursor_) {
      throw Damaged(shown + " is not a number");
    }
    // Neither NaN nor an infinity passes the comparison.
    if (error != std::errc() || !(std::fabs(value) <= std::numeric_limits<float>::max())) {
      throw Damaged(shown + " is not a finite float32 value");
    }
    return static_cast<float>(value);
  }

  const std::string& path_;
  const char* cursor_;
  const char* end_;
  std::uint64_t line_ = 2;
};

bool IsValueOrBlank(char character) {
  return IsAsciiWhitespace(character) || (character >= '0' && character <= '9') ||
         std::string_view("+-.eEnNaAiIfFtTyY").find(character) != std::string_view::npos;
}

}  // namespace

bool LooksLikeWord2VecText(std::string_view first_bytes) {
  const std::optional<Word2VecHeader> header = FindWord2VecHeader(first_bytes);
  if (!header) return false;
  std::string_view row = first_bytes.substr(header->length);
  row = row.substr(0, row.find('\n'));
  const auto word_end = std::find_if(row.begin(), row.end(), IsAsciiWhitespace);
  row.remove_prefix(static_cast<std::size_t>(word_end - row.begin()));
  // Binary values that happen to be digits and blanks as far as this do not occur.
  constexpr std::size_t kProbeBytes = 16;
  if (row.size() < std::min(2 * std::min(header->dimension, kProbeBytes), kProbeBytes))
    return false;
  row = row.substr(0, kProbeBytes);
  return std::all_of(row.begin(), row.end(), IsValueOrBlank);
}

EmbeddingTable ReadWord2VecText(const std::string& path) {
  const MappedFile file(path);
  const std::string_view bytes(reinterpret_cast<const char*>(file.bytes().data()),
                               file.bytes().size());
  // The shortest row: a letter and a line end, then a blank and a digit for each value.
  const Word2VecHeader header = ParseWord2VecHeader(bytes, 2, 2, path);
  TextRowReader reader(path, bytes.substr(header.length));
  ForeignWords words(path, "line", header.row_count);
  AlignedMatrix rows(header.row_count, header.dimension);
  for (std::size_t row = 0; row < header.row_count; ++row) {
    if (reader.AtEnd()) {
      throw reader.Damaged("the file ends after " + std::to_string(row) + " of " +
                           std::to_string(header.row_count) + " rows");
    }
    words.Add(reader.ReadWord(), reader.line());
    reader.ReadValues(rows.Row(row));
    reader.EndRow(header.dimension);
  }
  if (!reader.AtEnd()) {
    throw reader.Damaged("the file goes on after the " + std::to_string(header.row_count) +
                         " rows that the header says");
  }
  return {words.Build(), std::move(rows)};
}

void WriteWord2VecText(AtomicFile& file, const EmbeddingStore& store) {
  BufferedOutput output(file);
  output.Append(std::to_string(store.size()) + " " + std::to_string(store.dimension()) + "\n");
  std::vector<float> row(store.dimension());
  // The longest shortest form of a float32 has 15 characters: -1.17549435e-38.
  std::array<char, 32> digits;
  for (std::size_t id = 0; id < store.size(); ++id) {
    output.Append(WritableWord(store, static_cast<WordId>(id), file.path()));
    store.CopyRow(static_cast<WordId>(id), row);
    for (const float value : row) {
      const char* const end = std::to_chars(digits.begin(), digits.end(), value).ptr;
      output.Append(" ");
      output.Append({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    output.Append("\n");
  }
  output.Flush();
  file.Commit();
}

}  // namespace wordkin
