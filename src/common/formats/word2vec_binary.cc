#include "common/formats/word2vec_binary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "common/formats/buffered_output.h"
#include "common/formats/foreign_words.h"
#include "common/formats/word2vec_header.h"
#include "common/formats/word2vec_text.h"
#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie");

class BinaryRowReader {
 public:
  BinaryRowReader(const std::string& path, std::string_view bytes, std::size_t position)
      : path_(path), bytes_(bytes), position_(position) {}

  std::size_t position() const { return position_; }
  bool AtEnd() const { return position_ == bytes_.size(); }
  bool NextIsLineEnd() const { return !AtEnd() && bytes_[position_] == '\n'; }

  std::string_view ReadWord() {
    const std::string_view rest = bytes_.substr(position_);
    const std::size_t length = rest.find(' ');
    if (length == std::string_view::npos) throw Damaged("no word is here that a space ends");
    const std::string_view word = rest.substr(0, length);
    if (std::any_of(word.begin(), word.end(), IsAsciiWhitespace)) {
      throw Damaged("the word " + QuoteExcerpt(word) + " holds white space");
    }
    position_ += length + 1;
    return word;
  }

  void ReadValues(std::span<float> values) {
    if (bytes_.size() - position_ < values.size_bytes()) {
      throw Damaged("the file ends within the " + std::to_string(values.size()) +
                    " values of a row");
    }
    std::memcpy(values.data(), bytes_.data() + position_, values.size_bytes());
    const auto bad = std::find_if_not(values.begin(), values.end(),
                                      [](float value) { return std::isfinite(value); });
    if (bad != values.end()) {
      position_ += static_cast<std::size_t>(bad - values.begin()) * sizeof(float);
      throw Damaged("the value is not finite");
    }
    position_ += values.size_bytes();
  }

  void ReadLineEnd() {
    if (!NextIsLineEnd()) throw Damaged("expected a line end, as after the first row");
    ++position_;
  }

  Error Damaged(const std::string& reason) const {
    return DamagedAt(path_, "byte", position_, reason);
  }

 private:
  const std::string& path_;
  std::string_view bytes_;
  std::size_t position_;
};

}  // namespace

bool LooksLikeWord2VecBinary(std::string_view first_bytes) {
  return FindWord2VecHeader(first_bytes).has_value() && !LooksLikeWord2VecText(first_bytes);
}

EmbeddingTable ReadWord2VecBinary(const std::string& path) {
  const MappedFile file(path);
  const std::string_view bytes(reinterpret_cast<const char*>(file.bytes().data()),
                               file.bytes().size());
  // The shortest row: a letter and a space, then the values.
  const Word2VecHeader header = ParseWord2VecHeader(bytes, 2, sizeof(float), path);
  BinaryRowReader reader(path, bytes, header.length);
  ForeignWords words(path, "byte", header.row_count);
  AlignedMatrix rows(header.row_count, header.dimension);
  bool rows_end_lines = false;
  for (std::size_t row = 0; row < header.row_count; ++row) {
    if (reader.AtEnd()) {
      throw reader.Damaged("the file ends after " + std::to_string(row) + " of " +
                           std::to_string(header.row_count) + " rows");
    }
    const std::size_t row_position = reader.position();
    words.Add(reader.ReadWord(), row_position);
    reader.ReadValues(rows.Row(row));
    // No word begins with a line end, so the first row tells which of the two layouts it is.
    if (row == 0) rows_end_lines = reader.NextIsLineEnd();
    if (rows_end_lines) reader.ReadLineEnd();
  }
  if (!reader.AtEnd()) {
    throw reader.Damaged("the file goes on after the " + std::to_string(header.row_count) +
                         " rows that the header says");
  }
  return {words.Build(), std::move(rows)};
}

void WriteWord2VecBinary(AtomicFile& file, const EmbeddingStore& store) {
  BufferedOutput output(file);
  output.Append(std::to_string(store.size()) + " " + std::to_string(store.dimension()) + "\n");
  std::vector<float> row(store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    output.Append(WritableWord(store, static_cast<WordId>(id), file.path()));
    store.CopyRow(static_cast<WordId>(id), row);
    output.Append(" ");
    output.Append({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(float)});
    output.Append("\n");
  }
  output.Flush();
  file.Commit();
}

}  // namespace wordkin
