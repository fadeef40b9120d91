// The reader of the projector's vectors, whose words are three, either refuses with kDamaged or
// yields what it promises.

#include "tests/fuzz/check_vectors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return wordkin::FuzzReader("projector-tsv", data, size);
}
