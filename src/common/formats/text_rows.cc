#include "common/formats/text_rows.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "common/formats/decimal_float.h"
#include "common/formats/word2vec_header.h"
#include "common/support/parallel_for.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

// Whole lines that one thread reads at a time; many, so that all threads end together.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

struct Piece {
  std::string_view text;
  std::size_t first_line = 0;  // from the first of all pieces on
  std::size_t line_count = 0;
  std::size_t first_row = 0;
  std::size_t row_count = 0;  // lines that are long enough for one
  SkippedRows skipped = {};
};

// The bytes of the shortest line that may be sound: a letter, then a blank and a digit a value.
std::size_t ShortestLine(const TextLayout& layout) {
  return layout.word_place == WordPlace::kNone ? 2 * layout.dimension - 1
                                               : 2 * layout.dimension + 1;
}

const char* SkipWord(const char* cursor, const char* end) {
  while (cursor != end && !IsAsciiWhitespace(*cursor)) ++cursor;
  return cursor;
}

// Blanks but line ends.
const char* SkipBlanks(const char* cursor, const char* end) {
  while (cursor != end && *cursor != '\n' && IsAsciiWhitespace(*cursor)) ++cursor;
  return cursor;
}

const char* LineEnd(const char* cursor, const char* end) {
  const void* const found = std::memchr(cursor, '\n', static_cast<std::size_t>(end - cursor));
  return found == nullptr ? end : static_cast<const char*>(found);
}

// Takes the last field off; "" when there is none.
std::string_view TakeLastField(std::string_view& line) {
  while (!line.empty() && IsAsciiWhitespace(line.back())) line.remove_suffix(1);
  std::size_t begin = line.size();
  while (begin > 0 && !IsAsciiWhitespace(line[begin - 1])) --begin;
  const std::string_view field = line.substr(begin);
  line.remove_suffix(field.size());
  return field;
}

enum class NumberKind { kFinite, kNotFinite, kNoNumber };

// Of a whole field. Takes what from_chars does not and printf may have written: a plus sign, and
// values too small for float32, which are zero.
NumberKind ReadNumber(std::string_view field, float& value) {
  const char* begin = field.data();
  const char* const end = begin + field.size();
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') ++begin;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error == std::errc() && stop == end && std::isfinite(value)) return NumberKind::kFinite;
  double wide = 0;
  const auto [wide_stop, wide_error] = std::from_chars(begin, end, wide);
  if (wide_error == std::errc::invalid_argument || wide_stop != end) return NumberKind::kNoNumber;
  // Neither NaN nor an infinity passes the comparison.
  if (wide_error != std::errc() || !(std::fabs(wide) <= std::numeric_limits<float>::max())) {
    return NumberKind::kNotFinite;
  }
  value = static_cast<float>(wide);
  return NumberKind::kFinite;
}

// Reads the lines of one piece into their rows. Works from the front, field by field, so that a
// sound line is looked at once. A line that is too short for a row is read as all others are, to
// say what is wrong with it, into one that is not kept.
class PieceReader {
 public:
  PieceReader(const TextLayout& layout, const Piece& piece, const FaultLog& log, ForeignRows& found)
      : layout_(layout),
        log_(log),
        found_(found),
        cursor_(piece.text.data()),
        end_(cursor_ + piece.text.size()),
        shortest_line_(ShortestLine(layout)),
        line_(layout.first_line + piece.first_line),
        row_(piece.first_row) {}

  void Read(std::size_t line_count) {
    for (; line_count > 0; --line_count, ++line_) {
      const bool has_row = HasRow();
      values_ = has_row ? found_.rows.Row(row_) : ShortRow();
      // Called at one place only, so that it is compiled into the loop with all that it calls.
      const bool is_sound = ReadRow();
      if (has_row) {
        if (is_sound) found_.words[row_] = word_;
        found_.positions[row_] = line_;
        ++row_;
      }
      cursor_ = LineEnd(cursor_, end_);
      if (cursor_ != end_) ++cursor_;
    }
  }

 private:
  bool HasRow() const {
    if (static_cast<std::size_t>(end_ - cursor_) < shortest_line_) return false;
    return std::memchr(cursor_, '\n', shortest_line_) == nullptr;
  }

  std::span<float> ShortRow() {
    short_row_.resize(layout_.dimension);
    return short_row_;
  }

  bool ReadRow() {
    return layout_.word_place == WordPlace::kBeforeValues ? ReadOpenLine() : ReadLine();
  }

  bool ReadLine() {
    if (layout_.word_place == WordPlace::kNone) {
      word_ = {cursor_, 1};  // any address: the row is kept
    } else if (!ReadWord()) {
      return false;
    }
    return ReadValues() && CheckRowEnd();
  }

  bool ReadWord() {
    const char* const begin = cursor_;
    cursor_ = SkipWord(begin, end_);
    word_ = {begin, static_cast<std::size_t>(cursor_ - begin)};
    return log_.CheckWord(word_, line_);
  }

  bool ReadValues() {
    const std::span<float> values = values_;
    for (std::size_t i = 0; i < values.size(); ++i) {
      cursor_ = SkipBlanks(cursor_, end_);
      if (cursor_ == end_ || *cursor_ == '\n') return TellTooFew(i);
      const char* const stop = ReadPlainFloat(cursor_, end_, values[i]);
      if (stop != nullptr && (stop == end_ || IsAsciiWhitespace(*stop))) {
        cursor_ = stop;
        continue;
      }
      const char* const begin = cursor_;
      cursor_ = SkipWord(begin, end_);
      const std::string_view field(begin, static_cast<std::size_t>(cursor_ - begin));
      if (!CheckNumber(field, ReadNumber(field, values[i]))) return false;
    }
    return true;
  }

  bool CheckRowEnd() {
    cursor_ = SkipBlanks(cursor_, end_);
    return cursor_ == end_ || *cursor_ == '\n' || TellTooMany();
  }

  bool CheckNumber(std::string_view field, NumberKind kind) {
    if (kind == NumberKind::kFinite) return true;
    log_.Row(
        RowFault::kBadValue, line_,
        QuoteExcerpt(field) + (kind == NumberKind::kNotFinite ? " is not a finite float32 value"
                                                              : " is not a number"));
    return false;
  }

  bool TellTooFew(std::size_t count) {
    log_.Row(RowFault::kTooFewValues, line_,
             "it has " + std::to_string(count) + " values where " + layout_.authority + " " +
                 std::to_string(layout_.dimension));
    return false;
  }

  bool TellTooMany() {
    log_.Row(RowFault::kTooManyValues, line_,
             "it has more than the " + std::to_string(layout_.dimension) + " values that " +
                 layout_.authority);
    return false;
  }

  // A line whose word may hold blanks. Nearly none does: such a line is looked at again.
  bool ReadOpenLine() {
    const char* const begin = cursor_;
    cursor_ = SkipWord(begin, end_);
    word_ = {begin, static_cast<std::size_t>(cursor_ - begin)};
    if (ReadPlainValues()) return log_.CheckWord(word_, line_);
    cursor_ = LineEnd(begin, end_);
    return ReadFromTheEnd({begin, static_cast<std::size_t>(cursor_ - begin)});
  }

  // Whether just so many plain values follow up to the line's end.
  bool ReadPlainValues() {
    for (float& value : values_) {
      cursor_ = SkipBlanks(cursor_, end_);
      const char* const stop = ReadPlainFloat(cursor_, end_, value);
      if (stop == nullptr || (stop != end_ && !IsAsciiWhitespace(*stop))) return false;
      cursor_ = stop;
    }
    cursor_ = SkipBlanks(cursor_, end_);
    return cursor_ == end_ || *cursor_ == '\n';
  }

  bool ReadFromTheEnd(std::string_view text) {
    // No word begins with a blank.
    if (text.empty() || IsAsciiWhitespace(text[0])) return log_.CheckWord({}, line_);
    const std::span<float> values = values_;
    const std::size_t fields = CountFields(text);
    if (fields <= values.size()) return TellTooFew(fields - 1);
    for (std::size_t i = values.size(); i > 0; --i) {
      const std::string_view field = TakeLastField(text);
      if (!CheckNumber(field, ReadNumber(field, values[i - 1]))) return false;
    }
    while (!text.empty() && IsAsciiWhitespace(text.back())) text.remove_suffix(1);
    word_ = text;
    if (!log_.CheckWord(word_, line_)) return false;
    // "word 1 2 3" of two dimensions is rather a row with a value too many than a word "word 1".
    float ignored = 0;
    if (text.find_first_of(" \t\v\f\r") == std::string_view::npos) return true;
    const bool ends_in_number = ReadNumber(TakeLastField(text), ignored) != NumberKind::kNoNumber;
    return !ends_in_number || TellTooMany();
  }

  const TextLayout& layout_;
  const FaultLog& log_;
  ForeignRows& found_;
  const char* cursor_;
  const char* end_;
  std::size_t shortest_line_;
  std::uint64_t line_;
  std::size_t row_;
  // Of the line at hand.
  std::string_view word_;
  std::span<float> values_;
  std::vector<float> short_row_;
};

std::vector<Piece> CutPieces(std::string_view text) {
  std::vector<Piece> pieces;
  const char* const end = text.data() + text.size();
  for (const char* begin = text.data(); begin != end;) {
    const char* stop = end;
    if (static_cast<std::size_t>(end - begin) > kPieceBytes) {
      stop = LineEnd(begin + kPieceBytes, end);
      if (stop != end) ++stop;
    }
    pieces.push_back({{begin, static_cast<std::size_t>(stop - begin)}});
    begin = stop;
  }
  return pieces;
}

// Of all pieces together.
struct LineCounts {
  std::size_t lines = 0;
  std::size_t rows = 0;
};

void CountLines(Piece& piece, std::size_t shortest_line) {
  // Lines are long, and so this is quicker than looking at each byte.
  const char* const end = piece.text.data() + piece.text.size();
  for (const char* cursor = piece.text.data(); cursor != end; ++piece.line_count) {
    const char* const begin = cursor;
    cursor = LineEnd(cursor, end);
    if (static_cast<std::size_t>(cursor - begin) >= shortest_line) ++piece.row_count;
    if (cursor != end) ++cursor;
  }
}

// Sets the places of all pieces' lines and rows.
LineCounts CountRows(std::vector<Piece>& pieces, const TextLayout& layout, int thread_count) {
  const std::size_t shortest_line = ShortestLine(layout);
  ParallelFor(pieces.size(), thread_count,
              [&](std::size_t i) { CountLines(pieces[i], shortest_line); });
  LineCounts counts;
  for (Piece& piece : pieces) {
    piece.first_line = std::exchange(counts.lines, counts.lines + piece.line_count);
    piece.first_row = std::exchange(counts.rows, counts.rows + piece.row_count);
  }
  return counts;
}

// Reads the first 'line_count' lines of all pieces. The fault that is thrown is that of the
// foremost piece, whichever thread is first: pieces are handed out in order, and only those behind
// one that failed are left.
void ReadPieces(std::vector<Piece>& pieces, const TextLayout& layout, const FaultLog& log,
                std::size_t line_count, int thread_count, ForeignRows& found) {
  std::vector<std::exception_ptr> failures(pieces.size());
  std::atomic<std::size_t> first_failed{pieces.size()};
  ParallelFor(pieces.size(), thread_count, [&](std::size_t i) {
    Piece& piece = pieces[i];
    if (i > first_failed || piece.first_line >= line_count) return;
    const FaultLog piece_log(log.path(), log.unit(), log.policy(), piece.skipped);
    try {
      PieceReader(layout, piece, piece_log, found)
          .Read(std::min(piece.line_count, line_count - piece.first_line));
    } catch (...) {
      failures[i] = std::current_exception();
      std::size_t first = first_failed;
      while (i < first && !first_failed.compare_exchange_weak(first, i)) continue;
    }
  });
  if (first_failed < pieces.size()) std::rethrow_exception(failures[first_failed]);
}

void CheckRowCount(const TextLayout& layout, std::size_t row_count, const FaultLog& log) {
  if (!layout.row_count || *layout.row_count == row_count) return;
  const std::string promised = std::to_string(*layout.row_count);
  if (row_count < *layout.row_count) {
    log.RowCount(layout.first_line + row_count,
                 "the file ends after " + std::to_string(row_count) + " of " + promised + " rows");
  } else {
    log.RowCount(layout.first_line + *layout.row_count,
                 "the file goes on after the " + promised + " rows that " + layout.authority);
  }
}

}  // namespace

ForeignRows ReadTextRows(const VectorFile& file, const TextLayout& layout,
                         const ReadOptions& options, SkippedRows& skipped) {
  const FaultLog log(file.path(), "line", options.on_fault, skipped);
  std::vector<Piece> pieces = CutPieces(file.text().substr(layout.begin));
  const LineCounts counts = CountRows(pieces, layout, options.thread_count);
  // What is wrong within the promised rows comes first, as it does in the file.
  const std::size_t line_count =
      log.skips() ? counts.lines : std::min(counts.lines, layout.row_count.value_or(counts.lines));
  const std::size_t row_count = std::min(counts.rows, line_count);
  ForeignRows found;
  found.file_row_count = line_count;
  found.words.resize(row_count);
  found.positions.resize(row_count);
  found.rows = AlignedMatrix(row_count, layout.dimension);
  ReadPieces(pieces, layout, log, line_count, options.thread_count, found);
  for (const Piece& piece : pieces) skipped.Merge(piece.skipped);
  CheckRowCount(layout, counts.lines, log);
  return found;
}

std::size_t CountTrailingNumbers(std::string_view line) {
  float ignored = 0;
  for (std::size_t count = 0;; ++count) {
    const std::string_view field = TakeLastField(line);
    if (field.empty() || ReadNumber(field, ignored) == NumberKind::kNoNumber) return count;
  }
}

std::size_t CountFields(std::string_view line) {
  std::size_t count = 0;
  while (!TakeLastField(line).empty()) ++count;
  return count;
}

}  // namespace wordkin
