#include "contextual/tokenizers/word_tokenizer.h"

#include <string>
#include <unordered_map>

#include "common/text/word_splitter.h"

namespace wordkin::contextual {
namespace {

class NumberedWords : public WordSink {
 public:
  explicit NumberedWords(const WordSplitter& splitter) : splitter_(splitter) {}

  void OnWord(std::string_view word) override {
    const auto next_id = static_cast<std::int32_t>(ids_.size());
    text_.words.push_back(static_cast<std::int32_t>(text_.size()));
    text_.ids.push_back(ids_.try_emplace(std::string(word), next_id).first->second);
    text_.pieces.emplace_back(word);
    text_.offsets.push_back({splitter_.word_begin(), splitter_.word_end()});
  }
  void OnLineEnd() override {}

  TokenizedText Take() { return std::move(text_); }

 private:
  const WordSplitter& splitter_;
  TokenizedText text_;
  std::unordered_map<std::string, std::int32_t> ids_;
};

}  // namespace

TokenizedText WordTokenizer::Tokenize(std::string_view text) const {
  WordSplitter splitter(kind_);
  NumberedWords words(splitter);
  splitter.Split(text, words);
  return words.Take();
}

}  // namespace wordkin::contextual
