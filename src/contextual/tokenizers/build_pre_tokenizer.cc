#include "contextual/tokenizers/build_pre_tokenizer.h"

#include "common/text/printable.h"
#include "contextual/tokenizers/bert_pre_tokenizer.h"

namespace wordkin::contextual {

std::unique_ptr<const PreTokenizer> BuildPreTokenizer(const JsonField& field) {
  if (field.IsNull()) return nullptr;
  const std::string& type = field["type"].Text();
  if (type == "BertPreTokenizer") {
    field.AllowOnly({"type"});
    return std::make_unique<BertPreTokenizer>();
  }
  field["type"].Refuse("is " + QuoteExcerpt(type) +
                       ", a pre-tokenizer that this program does not do");
}

}  // namespace wordkin::contextual
