#pragma once

#include <cstdint>

namespace wordkin {

// What a corpus held that is no plain text; reported in the summary, never silently dropped.
struct CorpusNotes {
  std::uint64_t byte_order_marks = 0;  // at a file's start removed, elsewhere taken as white space
  std::uint64_t carriage_returns = 0;  // CR and CRLF, each taken as a line end
  std::uint64_t nul_bytes = 0;         // taken as white space
  std::uint64_t invalid_utf8 = 0;      // ill-formed sequences, each replaced by U+FFFD
  std::uint64_t long_words = 0;        // longer than kMaxCorpusWordBytes, left out

  CorpusNotes& operator+=(const CorpusNotes& other) {
    byte_order_marks += other.byte_order_marks;
    carriage_returns += other.carriage_returns;
    nul_bytes += other.nul_bytes;
    invalid_utf8 += other.invalid_utf8;
    long_words += other.long_words;
    return *this;
  }
  bool operator==(const CorpusNotes&) const = default;
};

}  // namespace wordkin
