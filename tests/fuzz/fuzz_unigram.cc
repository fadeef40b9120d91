// SentencePiece's unigram model cuts any bytes as promised.

#include "tests/fuzz/check_tokenized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto tokenizer = wordkin::contextual::ParseTokenizer(
      R"({"added_tokens": [
            {"id": 0, "content": "</s>", "special": true}],
          "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"},
            {"type": "Strip", "strip_left": false, "strip_right": true},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "\u2581"}]},
          "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581",
            "prepend_scheme": "first"},
          "post_processor": {"type": "TemplateProcessing", "single": [
              {"Sequence": {"id": "A"}}, {"SpecialToken": {"id": "</s>"}}],
            "special_tokens": {"</s>": {"id": "</s>", "ids": [0], "tokens": ["</s>"]}}},
          "model": {"type": "Unigram", "unk_id": 1, "byte_fallback": true, "vocab": [["</s>", 0],
            ["<unk>", 0], ["\u2581", -1], ["a", -2], ["\u2581a", -2.5], ["ab", -3], ["b", -2],
            ["\u00E9", -3], ["<0x63>", -9]]}})",
      "'tokenizer.json'");
  wordkin::contextual::CheckTokenized(*tokenizer, {reinterpret_cast<const char*>(data), size});
  return 0;
}
