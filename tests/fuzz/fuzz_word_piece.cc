// WordPiece cuts any bytes as promised.

#include "tests/fuzz/check_tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto tokenizer = wordkin::contextual::ParseTokenizer(
      R"({"added_tokens": [
            {"id": 0, "content": "[UNK]", "special": true},
            {"id": 1, "content": "[MASK]", "lstrip": true, "special": true},
            {"id": 7, "content": "Tea", "single_word": true, "normalized": true}],
          "normalizer": {"type": "BertNormalizer"},
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {"type": "BertProcessing", "sep": ["[UNK]", 0], "cls": ["a", 2]},
          "model": {"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 20,
            "vocab": {"[UNK]": 0, "[MASK]": 1, "a": 2, "##a": 3, "e": 4, "##b": 5, ".": 6}}})",
      "'tokenizer.json'");
  wordkin::contextual::CheckTokenized(*tokenizer, {reinterpret_cast<const char*>(data), size});
  return 0;
}
