// A tokenizer.json is either refused with kDamaged or cuts text as promised.

#include "tests/fuzz/check_tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wordkin::contextual::TryTokenizerJson({reinterpret_cast<const char*>(data), size});
  return 0;
}
