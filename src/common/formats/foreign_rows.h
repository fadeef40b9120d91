#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/formats/row_faults.h"
#include "common/math/aligned_matrix.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// What a reader found, by row of 'rows', of which there may be more: words are views into the file,
// one without an address for a row that is left out. The file may have more rows, left out too.
struct ForeignRows {
  std::vector<std::string_view> words;
  std::vector<std::uint64_t> positions;  // for messages
  std::vector<std::uint64_t> counts;     // empty: none known
  AlignedMatrix rows;
  std::size_t file_row_count = 0;  // of what holds no words
};

// Error of kind kDamaged for a file of whose rows none is kept.
Error NoSoundRow(const std::string& path);

// Puts rows by falling counts, where counts are known, as vocabularies have them; those of equal
// counts stay in their order. Returns the earlier row of each, or nothing where none moved. Throws
// kDamaged on a repeated word, telling 'log' its places: each row is kept.
std::vector<std::size_t> OrderByCount(ForeignRows& found, const FaultLog& log);
// The row order[i] of 'rows' for each i; 'order' is empty for what is to stay.
AlignedMatrix InOrder(AlignedMatrix rows, const std::vector<std::size_t>& order);

// The words of all rows, each kept. Throws kDamaged on a repeated word, telling 'log' its places.
Vocabulary BuildVocabulary(ForeignRows& found, const FaultLog& log);

// The rows that are kept, as a table. Repeated words are told to 'log' and, under skip, all but
// the first left out. Throws kDamaged when no row is left.
EmbeddingTable AssembleTable(ForeignRows&& found, const FaultLog& log);

}  // namespace wordkin
