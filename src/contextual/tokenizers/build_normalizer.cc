#include "contextual/tokenizers/build_normalizer.h"

#include "common/text/printable.h"
#include "contextual/tokenizers/bert_normalizer.h"

namespace wordkin::contextual {
namespace {

std::unique_ptr<const Normalizer> BuildBert(const JsonField& field) {
  field.AllowOnly({"type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase"});
  BertNormalizerOptions options;
  options.clean_text = field["clean_text"].FlagOr(true);
  options.handle_chinese_chars = field["handle_chinese_chars"].FlagOr(true);
  options.lowercase = field["lowercase"].FlagOr(true);
  options.strip_accents = field["strip_accents"].FlagOr(options.lowercase);
  return std::make_unique<BertNormalizer>(options);
}

}  // namespace

std::unique_ptr<const Normalizer> BuildNormalizer(const JsonField& field) {
  if (field.IsNull()) return nullptr;
  const std::string& type = field["type"].Text();
  if (type == "BertNormalizer") return BuildBert(field);
  field["type"].Refuse("is " + QuoteExcerpt(type) + ", a normalizer that this program does not do");
}

}  // namespace wordkin::contextual
