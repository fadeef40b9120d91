#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/formats/row_faults.h"
#include "common/store/vocabulary.h"

namespace wordkin {

// Gathers the words of another tool's file in row order and refuses, with the place named, those
// that no vocabulary can hold: empty, ill-formed UTF-8, repeated.
class ForeignWords {
 public:
  // 'unit' is what positions count: "line" or "byte".
  ForeignWords(const std::string& path, std::string_view unit, std::size_t expected_count);

  // Throws kDamaged.
  void Add(std::string_view word, std::uint64_t position, std::uint64_t count = 0);
  // Throws kDamaged on a repeated word.
  Vocabulary Build() const;

 private:
  void RefuseRepeatedWord() const;

  std::string path_;
  std::string unit_;
  std::vector<Vocabulary::Entry> entries_;
  std::vector<std::uint64_t> positions_;
};

}  // namespace wordkin
