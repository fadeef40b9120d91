#pragma once

#include <span>
#include <string>

#include "common/formats/buffered_output.h"
#include "common/formats/foreign_rows.h"
#include "common/formats/tensor.h"
#include "common/formats/word_list_file.h"
#include "common/store/embedding_store.h"

namespace wordkin {

// Whether the tensor is a matrix of floats, 16, 32 or 64 bits wide.
bool IsFloatMatrix(const Tensor& tensor);

// The rows of such a matrix, each with some word to say that it is kept; those that hold a value
// that is not finite, told to 'log' by their number from 1 on, have none. Throws kDamaged for a
// matrix without rows or columns.
ForeignRows ReadMatrixRows(const Tensor& matrix, const FaultLog& log);

// All rows of the store as float32, one behind another.
void AppendRows(const EmbeddingStore& store, BufferedOutput& output);

// The lists of words that may lie beside the file v of vectors: v.words, v.vocab, v.txt.
std::vector<std::string> WordListsBeside(std::string_view path, std::string_view ending);
// Writes such a list, complete, for the vectors that 'vectors_path' is to hold. Throws kUsage when
// another list lies there and no vectors do: then it is not that of earlier vectors, but
// somebody's.
void WriteWordList(const std::string& path, const std::string& vectors_path,
                   const EmbeddingStore& store, WordListKind kind);

}  // namespace wordkin
