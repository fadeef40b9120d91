#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::train {

// How often a context stands near a word, in units of DistanceWeights.
struct PairCount {
  WordId context;
  std::uint64_t count;
};

// Appends rows of counts to 'bytes', each as LEB128 numbers (docs/glove.md): words of one block in
// rising order, 'first_row' or later; a row's contexts in rising order, none above the row.
class CountRowWriter {
 public:
  CountRowWriter(std::vector<std::byte>& bytes, WordId first_row)
      : bytes_(bytes), next_row_(first_row) {}

  void Append(WordId row, std::span<const PairCount> pairs);

 private:
  void PutNumber(std::uint64_t number);

  std::vector<std::byte>& bytes_;
  WordId next_row_;
};

// Reads what CountRowWriter wrote, trusting nothing.
class CountRowReader {
 public:
  CountRowReader(std::span<const std::byte> bytes, WordId first_row, std::size_t word_count)
      : bytes_(bytes), next_row_(first_row), word_count_(word_count) {}

  // False at the end. Throws kDamaged for bytes that are no rows of this vocabulary.
  bool Next();
  WordId row() const { return row_; }
  std::span<const PairCount> pairs() const { return pairs_; }

 private:
  std::uint64_t TakeNumber();

  std::span<const std::byte> bytes_;
  std::size_t place_ = 0;
  std::uint64_t next_row_;
  std::size_t word_count_;
  WordId row_ = 0;
  std::vector<PairCount> pairs_;
};

}  // namespace wordkin::train
