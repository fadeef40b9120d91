// The reader of word2vec's text files either refuses with kDamaged or yields what it promises.

#include "tests/fuzz/check_vectors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return wordkin::FuzzReader("word2vec-text", data, size);
}
