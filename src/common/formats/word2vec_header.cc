#include "common/formats/word2vec_header.h"

#include <algorithm>
#include <charconv>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

// Two 64-bit numbers with signs and some blanks; a longer first line is no header.
constexpr std::size_t kLongestHeader = 64;

bool IsNumberCharacter(char character) {
  return (character >= '0' && character <= '9') || character == '-' || character == '+';
}

std::string_view TakeBlanks(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), IsAsciiWhitespace);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view blanks = text.substr(0, length);
  text.remove_prefix(length);
  return blanks;
}

std::string_view TakeNumber(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), IsNumberCharacter);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view number = text.substr(0, length);
  text.remove_prefix(length);
  return number;
}

// A number that says zero, rather than one that cannot be.
bool PromisesNoRow(std::string_view header) {
  const std::string_view row_count = TakeNumber(header);
  return row_count.find_first_not_of('0') == std::string_view::npos;
}

std::size_t ValueOrZero(std::string_view number) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error == std::errc() && end == number.data() + number.size() ? value : 0;
}

}  // namespace

std::optional<Word2VecHeader> FindWord2VecHeader(std::string_view bytes) {
  const std::size_t line_end = bytes.substr(0, kLongestHeader).find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  std::string_view line = bytes.substr(0, line_end);
  const std::string_view row_count = TakeNumber(line);
  const bool separated = !TakeBlanks(line).empty();
  const std::string_view dimension = TakeNumber(line);
  TakeBlanks(line);
  if (row_count.empty() || !separated || dimension.empty() || !line.empty()) return std::nullopt;
  return Word2VecHeader{ValueOrZero(row_count), ValueOrZero(dimension), line_end + 1};
}

Word2VecHeader ParseWord2VecHeader(std::string_view bytes, std::size_t word_bytes,
                                   std::size_t value_bytes, const std::string& path,
                                   FaultPolicy policy) {
  const std::optional<Word2VecHeader> header = FindWord2VecHeader(bytes);
  if (!header) {
    throw DamagedAt(path, "line", 1, "expected 'ROWS DIMENSION', as word2vec's files begin");
  }
  const std::string shown = QuoteExcerpt(bytes.substr(0, header->length - 1));
  const bool checks_rows = policy == FaultPolicy::kRefuse;
  const bool promises_no_row = PromisesNoRow(bytes);
  if (header->dimension > 0 && promises_no_row && (checks_rows || header->length == bytes.size())) {
    throw DamagedAt(path, "line", 1,
                    "the header " + shown + " promises zero rows" +
                        (header->length == bytes.size() ? ", and none follows" : ""));
  }
  if ((checks_rows && header->row_count == 0) || header->dimension == 0) {
    throw DamagedAt(path, "line", 1,
                    "the header " + shown +
                        " names no possible number of rows "
                        "and dimensions");
  }
  // Divisions, since the products wrap for what a damaged header can say. The last row may lack
  // the byte that ends it.
  const std::size_t room = bytes.size() - header->length + 1;
  const bool row_fits = header->dimension <= (room - std::min(room, word_bytes)) / value_bytes;
  if (!row_fits ||
      (checks_rows && header->row_count > room / (word_bytes + header->dimension * value_bytes))) {
    throw DamagedAt(path, "line", 1,
                    "the header " + shown + " promises more than the file's " +
                        std::to_string(bytes.size()) +
                        " bytes can hold: it is cut short or damaged");
  }
  return *header;
}

}  // namespace wordkin
