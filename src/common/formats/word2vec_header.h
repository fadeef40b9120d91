#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/formats/row_faults.h"

namespace wordkin {

// The first line of word2vec's files, text and binary: "rows dimension\n".
struct Word2VecHeader {
  std::size_t row_count = 0;
  std::size_t dimension = 0;
  std::size_t length = 0;  // bytes of the line, its end included
};

// The six characters that end a word or a value in word2vec's files.
constexpr bool IsAsciiWhitespace(char character) {
  return character == ' ' || (character >= '\t' && character <= '\r');
}

// Whether 'bytes' begin with a line of two whole numbers, even impossible ones; nullopt when not.
// The numbers are 0 where they do not fit.
std::optional<Word2VecHeader> FindWord2VecHeader(std::string_view bytes);

// The header of a file whose rows take at least word_bytes + dimension * value_bytes each. Throws
// kDamaged unless there is one row or more, one dimension or more, and room for them in 'bytes';
// under kSkip it need only have room for one row, and promises any number, 0 for impossible ones.
Word2VecHeader ParseWord2VecHeader(std::string_view bytes, std::size_t word_bytes,
                                   std::size_t value_bytes, const std::string& path,
                                   FaultPolicy policy);

}  // namespace wordkin
