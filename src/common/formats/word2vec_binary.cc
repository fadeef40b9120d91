#include "common/formats/word2vec_binary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "common/formats/foreign_rows.h"
#include "common/formats/word2vec_header.h"
#include "common/formats/word2vec_text.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie");

class BinaryRowReader {
 public:
  BinaryRowReader(std::string_view bytes, std::size_t position, const FaultLog& log)
      : bytes_(bytes), position_(position), log_(log) {}

  std::size_t position() const { return position_; }
  bool AtEnd() const { return position_ == bytes_.size(); }

  // The row at hand; false when it is to be left out. What makes rows behind it unreadable is
  // refused whatever the policy, but for a file that is cut within its last row.
  bool Read(std::string_view& word, std::span<float> values) {
    const std::size_t row_position = position_;
    const std::string_view rest = bytes_.substr(position_);
    const std::size_t length = rest.find(' ');
    if (length == std::string_view::npos) {
      return TellCut("no word is here that a space ends");
    }
    word = rest.substr(0, length);
    bool is_sound = CheckWordBytes(word) && log_.CheckWord(word, row_position);
    position_ += length + 1;
    if (bytes_.size() - position_ < values.size_bytes()) {
      return TellCut("the file ends within the " + std::to_string(values.size()) +
                     " values of a row");
    }
    std::memcpy(values.data(), bytes_.data() + position_, values.size_bytes());
    is_sound = is_sound && CheckValues(values);
    position_ += values.size_bytes();
    ReadLineEnd();
    return is_sound;
  }

 private:
  bool CheckWordBytes(std::string_view word) const {
    if (std::none_of(word.begin(), word.end(), IsAsciiWhitespace)) return true;
    log_.Row(RowFault::kBadWord, position_,
             "the word " + QuoteExcerpt(word) + " holds white space");
    return false;
  }

  bool CheckValues(std::span<const float> values) const {
    const auto bad = std::find_if_not(values.begin(), values.end(),
                                      [](float value) { return std::isfinite(value); });
    if (bad == values.end()) return true;
    const auto offset = static_cast<std::size_t>(bad - values.begin()) * sizeof(float);
    log_.Row(RowFault::kBadValue, position_ + offset, "the value is not finite");
    return false;
  }

  // No word begins with a line end, so the first row tells which of the two layouts it is.
  void ReadLineEnd() {
    const bool is_line_end = !AtEnd() && bytes_[position_] == '\n';
    if (is_first_row_) rows_end_lines_ = is_line_end;
    is_first_row_ = false;
    if (!rows_end_lines_) return;
    if (!is_line_end) {
      if (AtEnd() && log_.skips()) return;
      throw DamagedAt(log_.path(), "byte", position_,
                      "expected a line end, as after the first row");
    }
    ++position_;
  }

  bool TellCut(const std::string& reason) {
    log_.Row(RowFault::kTooFewValues, position_, reason);
    position_ = bytes_.size();
    return false;
  }

  std::string_view bytes_;
  std::size_t position_;
  const FaultLog& log_;
  bool is_first_row_ = true;
  bool rows_end_lines_ = false;
};

}  // namespace

bool LooksLikeWord2VecBinary(std::string_view first_bytes) {
  return FindWord2VecHeader(first_bytes).has_value() && !LooksLikeWord2VecText(first_bytes);
}

EmbeddingTable ReadWord2VecBinary(const VectorFile& file, const ReadOptions& options,
                                  SkippedRows& skipped) {
  // The shortest row: a letter and a space, then the values.
  constexpr std::size_t kFewestWordBytes = 2;
  const std::string_view bytes = file.text();
  const FaultLog log(file.path(), "byte", options.on_fault, skipped);
  const Word2VecHeader header =
      ParseWord2VecHeader(bytes, kFewestWordBytes, sizeof(float), file.path(), options.on_fault);
  // Under skip rows go on behind one without a word, which takes its space alone; the last may be
  // cut.
  const std::size_t most_rows =
      (bytes.size() - header.length) / (1 + header.dimension * sizeof(float)) + 1;
  BinaryRowReader reader(bytes, header.length, log);
  ForeignRows found;
  found.rows = AlignedMatrix(log.skips() ? most_rows : header.row_count, header.dimension);
  while (!reader.AtEnd() && (log.skips() || found.words.size() < header.row_count)) {
    const std::size_t row = found.words.size();
    found.positions.push_back(reader.position());
    found.words.emplace_back();
    if (!reader.Read(found.words[row], found.rows.Row(row))) found.words[row] = {};
  }
  const std::string promised = std::to_string(header.row_count);
  if (found.words.size() < header.row_count) {
    log.RowCount(reader.position(), "the file ends after " + std::to_string(found.words.size()) +
                                        " of " + promised + " rows");
  } else if (!reader.AtEnd() || found.words.size() > header.row_count) {
    log.RowCount(reader.position(),
                 "the file goes on after the " + promised + " rows that the header says");
  }
  return AssembleTable(std::move(found), log);
}

void WriteWord2VecBinary(BufferedOutput& output, const EmbeddingStore& store) {
  output.Append(std::to_string(store.size()) + " " + std::to_string(store.dimension()) + "\n");
  std::vector<float> row(store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    output.Append(WritableWord(store, static_cast<WordId>(id), output.path()));
    store.CopyRow(static_cast<WordId>(id), row);
    output.Append(" ");
    output.Append({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(float)});
    output.Append("\n");
  }
  output.Commit();
}

}  // namespace wordkin
