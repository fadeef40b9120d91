#include "contextual/tokenizers/build_normalizer.h"

#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/base64.h"
#include "contextual/tokenizers/bert_normalizer.h"
#include "contextual/tokenizers/character_map.h"
#include "contextual/tokenizers/text_normalizers.h"
#include "contextual/tokenizers/unicode_normalizer.h"

namespace wordkin::contextual {
namespace {

using BuiltNormalizer = std::unique_ptr<const Normalizer>;

BuiltNormalizer BuildBert(const JsonField& field) {
  field.AllowOnly({"type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase"});
  BertNormalizerOptions options;
  options.clean_text = field["clean_text"].FlagOr(true);
  options.handle_chinese_chars = field["handle_chinese_chars"].FlagOr(true);
  options.lowercase = field["lowercase"].FlagOr(true);
  options.strip_accents = field["strip_accents"].FlagOr(options.lowercase);
  return std::make_unique<BertNormalizer>(options);
}

BuiltNormalizer BuildNormalizerSequence(const JsonField& field) {
  field.AllowOnly({"type", "normalizers"});
  std::vector<BuiltNormalizer> normalizers;
  for (const JsonField& each : field["normalizers"].Elements()) {
    if (each.IsNull()) each.Refuse("is null");
    normalizers.push_back(BuildNormalizer(each));
  }
  return std::make_unique<NormalizerSequence>(std::move(normalizers));
}

BuiltNormalizer BuildStrip(const JsonField& field) {
  field.AllowOnly({"type", "strip_left", "strip_right"});
  return std::make_unique<StripNormalizer>(field["strip_left"].FlagOr(true),
                                           field["strip_right"].FlagOr(true));
}

BuiltNormalizer BuildPrepend(const JsonField& field) {
  field.AllowOnly({"type", "prepend"});
  return std::make_unique<PrependNormalizer>(field["prepend"].Text());
}

BuiltNormalizer BuildReplace(const JsonField& field) {
  field.AllowOnly({"type", "pattern", "content"});
  const JsonField pattern = field["pattern"];
  pattern.AllowOnly({"String", "Regex"});
  const std::string& content = field["content"].Text();
  if (const JsonField text = pattern["String"]; !text.IsNull()) {
    if (text.Text().empty()) text.Refuse("is empty");
    return std::make_unique<ReplaceNormalizer>(text.Text(), content);
  }
  // What converters of SentencePiece models write; there is no engine for others.
  const JsonField regex = pattern["Regex"];
  if (regex.Text() == " {2,}") return std::make_unique<ReplaceNormalizer>(" ", content, 2);
  regex.Refuse("is " + QuoteExcerpt(regex.Text()) +
               "; of regular expressions this program does ' {2,}' alone");
}

BuiltNormalizer BuildPrecompiled(const JsonField& field) {
  field.AllowOnly({"type", "precompiled_charsmap"});
  const JsonField map = field["precompiled_charsmap"];
  const std::optional<std::string> bytes = DecodeBase64(map.Text());
  if (!bytes) map.Refuse("is no base64");
  try {
    return std::make_unique<CharacterMap>(*bytes, "the character map");
  } catch (const Error& error) {
    map.Refuse(std::string("is refused: ") + error.what());
  }
}

BuiltNormalizer BuildPlain(const JsonField& field, BuiltNormalizer built) {
  field.AllowOnly({"type"});
  return built;
}

BuiltNormalizer BuildForm(const JsonField& field, NormalizationForm form) {
  return BuildPlain(field, std::make_unique<UnicodeNormalizer>(form));
}

}  // namespace

std::unique_ptr<const Normalizer> BuildNormalizer(const JsonField& field) {
  if (field.IsNull()) return nullptr;
  const std::string& type = field["type"].Text();
  if (type == "BertNormalizer") return BuildBert(field);
  if (type == "Sequence") return BuildNormalizerSequence(field);
  if (type == "Precompiled") return BuildPrecompiled(field);
  if (type == "Strip") return BuildStrip(field);
  if (type == "Replace") return BuildReplace(field);
  if (type == "Prepend") return BuildPrepend(field);
  if (type == "NFC") return BuildForm(field, NormalizationForm::kNfc);
  if (type == "NFD") return BuildForm(field, NormalizationForm::kNfd);
  if (type == "NFKC") return BuildForm(field, NormalizationForm::kNfkc);
  if (type == "NFKD") return BuildForm(field, NormalizationForm::kNfkd);
  if (type == "Lowercase") return BuildPlain(field, std::make_unique<LowercaseNormalizer>());
  if (type == "StripAccents") return BuildPlain(field, std::make_unique<StripAccentsNormalizer>());
  field["type"].Refuse("is " + QuoteExcerpt(type) + ", a normalizer that this program does not do");
}

}  // namespace wordkin::contextual
