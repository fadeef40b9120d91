// The reader of vectors in safetensors, whose words are three, either refuses with kDamaged or
// yields what it promises.

#include "tests/fuzz/check_vectors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return wordkin::FuzzReader("safetensors", data, size);
}
