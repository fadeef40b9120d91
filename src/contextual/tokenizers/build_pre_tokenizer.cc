#include "contextual/tokenizers/build_pre_tokenizer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_pre_tokenizer.h"
#include "contextual/tokenizers/byte_level_pre_tokenizer.h"
#include "contextual/tokenizers/pre_tokenizers.h"

namespace wordkin::contextual {
namespace {

using BuiltPreTokenizer = std::unique_ptr<const PreTokenizer>;

BuiltPreTokenizer BuildPreTokenizerSequence(const JsonField& field) {
  field.AllowOnly({"type", "pretokenizers"});
  std::vector<BuiltPreTokenizer> pre_tokenizers;
  for (const JsonField& each : field["pretokenizers"].Elements()) {
    if (each.IsNull()) each.Refuse("is null");
    pre_tokenizers.push_back(BuildPreTokenizer(each));
  }
  return std::make_unique<PreTokenizerSequence>(std::move(pre_tokenizers));
}

BuiltPreTokenizer BuildByteLevel(const JsonField& field) {
  field.AllowOnly({"type", "add_prefix_space", "trim_offsets", "use_regex"});
  return std::make_unique<ByteLevelPreTokenizer>(field["add_prefix_space"].FlagOr(true),
                                                 field["use_regex"].FlagOr(true));
}

PrefixPlace PlaceOf(const JsonField& field) {
  const JsonField scheme = field["prepend_scheme"];
  const std::string name = scheme.TextOr("always");
  // Older files have a flag alone.
  const bool adds_prefix = field["add_prefix_space"].FlagOr(true);
  if (name == "never" || (!adds_prefix && scheme.IsNull())) return PrefixPlace::kNever;
  if (!adds_prefix) scheme.Refuse("contradicts add_prefix_space, which is false");
  if (name == "always") return PrefixPlace::kEveryWord;
  if (name == "first") return PrefixPlace::kFirstWord;
  scheme.Refuse("is " + QuoteExcerpt(name) + ", not \"always\", \"first\" or \"never\"");
}

BuiltPreTokenizer BuildMetaspace(const JsonField& field) {
  field.AllowOnly(
      {"type", "replacement", "add_prefix_space", "prepend_scheme", "split", "str_rep"});
  const std::string mark = field["replacement"].TextOr("\xE2\x96\x81");
  if (mark.empty() || DecodeUtf8(mark).length != mark.size()) {
    field["replacement"].Refuse("is not one character");
  }
  return std::make_unique<MetaspacePreTokenizer>(mark, PlaceOf(field), field["split"].FlagOr(true));
}

}  // namespace

std::unique_ptr<const PreTokenizer> BuildPreTokenizer(const JsonField& field) {
  if (field.IsNull()) return nullptr;
  const std::string& type = field["type"].Text();
  if (type == "Sequence") return BuildPreTokenizerSequence(field);
  if (type == "ByteLevel") return BuildByteLevel(field);
  if (type == "Metaspace") return BuildMetaspace(field);
  if (type == "BertPreTokenizer" || type == "WhitespaceSplit") {
    field.AllowOnly({"type"});
    if (type == "WhitespaceSplit") return std::make_unique<WhitespacePreTokenizer>();
    return std::make_unique<BertPreTokenizer>();
  }
  field["type"].Refuse("is " + QuoteExcerpt(type) +
                       ", a pre-tokenizer that this program does not do");
}

bool IsByteLevel(const JsonField& pre_tokenizer) {
  if (pre_tokenizer.IsNull()) return false;
  const std::string& type = pre_tokenizer["type"].Text();
  if (type != "Sequence") return type == "ByteLevel";
  return std::ranges::any_of(pre_tokenizer["pretokenizers"].Elements(), IsByteLevel);
}

}  // namespace wordkin::contextual
