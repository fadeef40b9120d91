#include "common/formats/matrix_rows.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/mapped_file.h"

namespace wordkin {
namespace {

// To the nearest float32; what is too large for one becomes infinite.
void CopyMatrixRow(const Tensor& matrix, std::size_t row, std::span<float> values) {
  const std::size_t first = row * values.size();
  if (matrix.type != TensorType::kF64) return ConvertToFloats(matrix, first, values);
  const std::byte* from = matrix.bytes.data() + first * sizeof(double);
  for (float& value : values) {
    double wide;
    std::memcpy(&wide, from, sizeof(wide));
    from += sizeof(wide);
    value = static_cast<float>(wide);
  }
}

bool IsThere(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

bool Holds(const std::string& path, std::string_view text) {
  const MappedFile file(path);
  return std::ranges::equal(file.bytes(), std::as_bytes(std::span(text)));
}

}  // namespace

bool IsFloatMatrix(const Tensor& tensor) {
  return tensor.shape.size() == 2 && (HoldsFloats(tensor) || tensor.type == TensorType::kF64);
}

ForeignRows ReadMatrixRows(const Tensor& matrix, const FaultLog& log) {
  if (matrix.bytes.empty()) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + log.path() + "': its matrix of shape " +
                                         ShapeText(matrix.shape) + " holds nothing");
  }
  ForeignRows found;
  found.rows = AlignedMatrix(matrix.shape[0], matrix.shape[1]);
  found.file_row_count = matrix.shape[0];
  found.words.resize(found.file_row_count);
  found.positions.resize(found.file_row_count);
  for (std::size_t row = 0; row < found.words.size(); ++row) {
    const std::span<float> values = found.rows.Row(row);
    CopyMatrixRow(matrix, row, values);
    found.positions[row] = row + 1;
    if (AllFinite(values)) {
      found.words[row] = "?";
    } else {
      log.Row(RowFault::kBadValue, row + 1, "a value is not a finite float32 value");
    }
  }
  return found;
}

void AppendRows(const EmbeddingStore& store, BufferedOutput& output) {
  std::vector<float> row(store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    store.CopyRow(static_cast<WordId>(id), row);
    output.Append({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(float)});
  }
}

std::vector<std::string> WordListsBeside(std::string_view path, std::string_view ending) {
  const std::string base = WithoutEnding(path, ending);
  return {base + ".words", base + ".vocab", base + ".txt"};
}

void WriteWordList(const std::string& path, const std::string& vectors_path,
                   const EmbeddingStore& store, WordListKind kind) {
  const std::string text = WordListText(store, kind, path);
  if (IsThere(path) && !IsThere(vectors_path) && !Holds(path, text)) {
    throw Error(ErrorKind::kUsage, "cannot write '" + vectors_path +
                                       "': its words would take the place of '" + path +
                                       "'; move that away or choose another name");
  }
  BufferedOutput output(path);
  output.Append(text);
  output.Commit();
}

}  // namespace wordkin
