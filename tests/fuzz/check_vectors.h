#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "common/formats/vector_format.h"
#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"

namespace wordkin {

inline void ExpectFinite(const AlignedMatrix& rows) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (const float value : rows.Row(row)) {
      if (!std::isfinite(value)) std::abort();
    }
  }
}

// What 'format' makes of 'file' is refused with kDamaged, in few words, or all that it promises;
// nothing is left out but under skip.
inline void CheckReader(const VectorFormat& format, const VectorFile& file, ReadOptions options) {
  for (const FaultPolicy policy : {FaultPolicy::kRefuse, FaultPolicy::kSkip}) {
    options.on_fault = policy;
    SkippedRows skipped;
    try {
      const EmbeddingTable table = format.read(file, options, skipped);
      if (table.vocabulary.size() == 0) std::abort();
      if (table.vocabulary.size() != table.rows.row_count()) std::abort();
      ExpectFinite(table.rows);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kDamaged) std::abort();
      if (std::strlen(error.what()) > 2000) std::abort();
    }
    if (policy == FaultPolicy::kRefuse && skipped.total() > 0) std::abort();
  }
}

// The input as a file of 'format', whose words, where it has none, are those of the file that
// 'words' begins; a thread only, so that each run is the same.
inline int FuzzReader(std::string_view format, const std::uint8_t* data, std::size_t size) {
  const MemoryFile input(data, size);
  const VectorFormat& reader = *FindVectorFormat(format);
  reader.looks_like({reinterpret_cast<const char*>(data), size});
  try {
    const VectorFile file(input.path());
    ReadOptions options;
    if (reader.find_words != nullptr) {
      static const MemoryFile words = [] {
        constexpr std::string_view kWords = "a\nb\nc d\n";
        return MemoryFile(reinterpret_cast<const std::uint8_t*>(kWords.data()), kWords.size());
      }();
      options.words_path = words.path();
    }
    CheckReader(reader, file, options);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDamaged) std::abort();
  }
  return 0;
}

}  // namespace wordkin
