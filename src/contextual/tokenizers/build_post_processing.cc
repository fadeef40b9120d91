#include "contextual/tokenizers/build_post_processing.h"

#include <utility>

#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

class Builder {
 public:
  explicit Builder(std::size_t vocabulary_size) : vocabulary_size_(vocabulary_size) {}

  void Build(const JsonField& field);
  PostProcessing Take() { return std::move(result_); }

 private:
  std::int32_t Id(const JsonField& field) const {
    return static_cast<std::int32_t>(field.Whole(static_cast<std::int64_t>(vocabulary_size_) - 1));
  }
  void BuildTemplate(const JsonField& field);
  void AddSpecial(const JsonField& field, const JsonField& special_tokens,
                  std::vector<SpecialPiece>& pieces) const;
  // ["[SEP]", 102]
  SpecialPiece Pair(const JsonField& field) const;
  void BuildPair(const JsonField& field);

  std::size_t vocabulary_size_;
  PostProcessing result_;
};

void Builder::Build(const JsonField& field) {
  if (field.IsNull()) return;
  const std::string& type = field["type"].Text();
  if (type == "TemplateProcessing") {
    BuildTemplate(field);
  } else if (type == "BertProcessing") {
    field.AllowOnly({"type", "sep", "cls"});
    BuildPair(field);
  } else if (type == "RobertaProcessing") {
    field.AllowOnly({"type", "sep", "cls", "trim_offsets", "add_prefix_space"});
    BuildPair(field);
    result_.trims_offsets = field["trim_offsets"].FlagOr(true);
    result_.adds_prefix_space = field["add_prefix_space"].FlagOr(true);
  } else if (type == "ByteLevel") {
    field.AllowOnly({"type", "add_prefix_space", "trim_offsets", "use_regex"});
    result_.trims_offsets = field["trim_offsets"].FlagOr(true);
    result_.adds_prefix_space = field["add_prefix_space"].FlagOr(true);
  } else if (type == "Sequence") {
    field.AllowOnly({"type", "processors"});
    for (const JsonField& each : field["processors"].Elements()) Build(each);
  } else {
    field["type"].Refuse("is " + QuoteExcerpt(type) +
                         ", a post-processor that this program does not do");
  }
}

void Builder::BuildTemplate(const JsonField& field) {
  field.AllowOnly({"type", "single", "pair", "special_tokens"});
  bool has_text = false;
  std::vector<SpecialPiece> leading;
  std::vector<SpecialPiece> trailing;
  for (const JsonField& element : field["single"].Elements()) {
    element.AllowOnly({"SpecialToken", "Sequence"});
    if (const JsonField sequence = element["Sequence"]; !sequence.IsNull()) {
      if (sequence["id"].Text() != "A") sequence["id"].Refuse("is not \"A\"");
      if (has_text) element.Refuse("has the text a second time");
      has_text = true;
    } else {
      AddSpecial(element["SpecialToken"], field["special_tokens"], has_text ? trailing : leading);
    }
  }
  if (!has_text) field["single"].Refuse("has no place for the text");
  // A template behind another one puts its pieces around those of the other.
  result_.leading.insert(result_.leading.begin(), leading.begin(), leading.end());
  result_.trailing.insert(result_.trailing.end(), trailing.begin(), trailing.end());
}

void Builder::AddSpecial(const JsonField& field, const JsonField& special_tokens,
                         std::vector<SpecialPiece>& pieces) const {
  const JsonField special = special_tokens[field["id"].Text()];
  const std::vector<JsonField> ids = special["ids"].Elements();
  const std::vector<JsonField> tokens = special["tokens"].Elements();
  if (ids.size() != tokens.size()) special.Refuse("has not as many ids as tokens");
  for (std::size_t i = 0; i < ids.size(); ++i) pieces.push_back({Id(ids[i]), tokens[i].Text()});
}

SpecialPiece Builder::Pair(const JsonField& field) const {
  const std::vector<JsonField> elements = field.Elements();
  if (elements.size() != 2) field.Refuse("is not a token and its id");
  return {Id(elements[1]), elements[0].Text()};
}

void Builder::BuildPair(const JsonField& field) {
  result_.leading.insert(result_.leading.begin(), Pair(field["cls"]));
  result_.trailing.push_back(Pair(field["sep"]));
}

}  // namespace

PostProcessing BuildPostProcessing(const JsonField& field, std::size_t vocabulary_size) {
  Builder builder(vocabulary_size);
  builder.Build(field);
  return builder.Take();
}

}  // namespace wordkin::contextual
