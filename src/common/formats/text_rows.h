#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "common/formats/foreign_rows.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"

namespace wordkin {

// Which part of a line is the word; the values follow, by ASCII white space.
enum class WordPlace {
  kFirstField,
  kBeforeValues,  // all but the last 'dimension' fields, blanks included
  kNone,          // a line holds values only
};

// The lines of text that hold rows.
struct TextLayout {
  std::size_t begin = 0;         // byte where they begin
  std::uint64_t first_line = 1;  // the number of the line there
  WordPlace word_place = WordPlace::kFirstField;
  std::size_t dimension = 0;
  std::string authority;                      // of the dimension: "the header says"
  std::optional<std::size_t> row_count = {};  // as promised; none: as many as there are lines
};

// A row of each line, from as many threads as 'options' say, with the same result for any number:
// the first line that is wrong is told, or all are counted. Takes memory for lines that are there
// and long enough for their values, never for what is promised, and so no more than in proportion
// to the text. Words lie in 'file'. Throws kDamaged.
ForeignRows ReadTextRows(const VectorFile& file, const TextLayout& layout,
                         const ReadOptions& options, SkippedRows& skipped);

// The fields of a line that are numbers, counted from its end.
std::size_t CountTrailingNumbers(std::string_view line);
// The fields of a line.
std::size_t CountFields(std::string_view line);

}  // namespace wordkin
