// Words and characters are cut from any bytes as promised.

#include "contextual/tokenizers/word_tokenizer.h"
#include "tests/fuzz/check_tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using wordkin::TokenizerKind;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const TokenizerKind kind :
       {TokenizerKind::kWhitespace, TokenizerKind::kWords, TokenizerKind::kCharacters}) {
    wordkin::contextual::CheckTokenized(wordkin::contextual::WordTokenizer(kind), text);
  }
  return 0;
}
