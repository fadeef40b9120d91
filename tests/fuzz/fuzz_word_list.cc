// Any list of words beside a matrix of three rows is refused with kDamaged or gives it its words.

#include "common/formats/npy_writer.h"
#include "tests/fuzz/check_vectors.h"

namespace {

std::string Matrix() { return wordkin::NpyHeader(3, 1) + std::string(3 * sizeof(float), '\0'); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string matrix = Matrix();
  static const wordkin::MemoryFile matrix_file(reinterpret_cast<const std::uint8_t*>(matrix.data()),
                                               matrix.size());
  const wordkin::MemoryFile words(data, size);
  const wordkin::VectorFile file(matrix_file.path());
  wordkin::ReadOptions options;
  options.words_path = words.path();
  wordkin::CheckReader(*wordkin::FindVectorFormat("npy"), file, options);
  return 0;
}
