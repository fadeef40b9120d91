// Byte-level BPE cuts any bytes as promised.

#include "tests/fuzz/check_tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto tokenizer = wordkin::contextual::ParseTokenizer(
      R"({"added_tokens": [
            {"id": 0, "content": "<s>", "special": true, "normalized": true},
            {"id": 1, "content": "<m>", "lstrip": true, "rstrip": true, "special": true}],
          "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true},
          "post_processor": {"type": "RobertaProcessing", "sep": ["<s>", 0], "cls": ["<s>", 0],
            "trim_offsets": true, "add_prefix_space": true},
          "model": {"type": "BPE", "unk_token": "<s>", "fuse_unk": true,
            "vocab": {"<s>": 0, "<m>": 1, "a": 2, "b": 3, "\u0120": 4, "aa": 5, "\u0120a": 6,
                      "ab": 7, "\u00C3": 8, "\u00A9": 9, "\u00C3\u00A9": 10},
            "merges": ["a a", "\u0120 a", ["a", "b"], "\u00C3 \u00A9"]}})",
      "'tokenizer.json'");
  wordkin::contextual::CheckTokenized(*tokenizer, {reinterpret_cast<const char*>(data), size});
  return 0;
}
