#include "train/glove/count_rows.h"

#include "common/support/error.h"

namespace wordkin::train {
namespace {

[[noreturn]] void ThrowDamaged(const char* what) {
  throw Error(ErrorKind::kDamaged, std::string("the co-occurrence counts are damaged: ") + what +
                                       "; count the corpus again");
}

}  // namespace

void CountRowWriter::PutNumber(std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes_.push_back(static_cast<std::byte>(number | 0x80));
  bytes_.push_back(static_cast<std::byte>(number));
}

void CountRowWriter::Append(WordId row, std::span<const PairCount> pairs) {
  if (pairs.empty()) return;
  PutNumber(row - next_row_);
  PutNumber(pairs.size());
  WordId next_context = 0;
  for (const PairCount& pair : pairs) {
    PutNumber(pair.context - next_context);
    PutNumber(pair.count);
    next_context = pair.context + 1;
  }
  next_row_ = row + 1;
}

std::uint64_t CountRowReader::TakeNumber() {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (place_ == bytes_.size()) ThrowDamaged("a number is cut off");
    const auto byte = static_cast<std::uint64_t>(bytes_[place_++]);
    number |= (byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (shift == 63 && byte > 1) break;
      return number;
    }
  }
  ThrowDamaged("a number is too large");
}

bool CountRowReader::Next() {
  if (place_ == bytes_.size()) return false;
  const std::uint64_t skipped = TakeNumber();
  if (skipped >= word_count_ || next_row_ + skipped >= word_count_) {
    ThrowDamaged("a row is beyond the vocabulary");
  }
  row_ = static_cast<WordId>(next_row_ + skipped);
  next_row_ = std::uint64_t{row_} + 1;
  const std::uint64_t pair_count = TakeNumber();
  // Contexts differ and are not above the row; a pair takes two bytes at least.
  if (pair_count == 0 || pair_count > next_row_ || pair_count > (bytes_.size() - place_) / 2) {
    ThrowDamaged("a row is longer than it can be");
  }
  pairs_.resize(pair_count);
  std::uint64_t context = 0;
  for (PairCount& pair : pairs_) {
    const std::uint64_t gap = TakeNumber();
    if (gap >= next_row_ || context + gap >= next_row_) {
      ThrowDamaged("a context is beyond its row");
    }
    context += gap;
    pair = {static_cast<WordId>(context++), TakeNumber()};
    if (pair.count == 0) ThrowDamaged("a count is zero");
  }
  return true;
}

}  // namespace wordkin::train
