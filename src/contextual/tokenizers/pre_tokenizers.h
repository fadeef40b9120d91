#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contextual/tokenizers/pre_tokenizer.h"

namespace wordkin::contextual {

// One after the other.
class PreTokenizerSequence : public PreTokenizer {
 public:
  explicit PreTokenizerSequence(std::vector<std::unique_ptr<const PreTokenizer>> pre_tokenizers);
  SplitText Split(SplitText text) const override;

 private:
  std::vector<std::unique_ptr<const PreTokenizer>> pre_tokenizers_;
};

// Words end at white space.
class WhitespacePreTokenizer : public PreTokenizer {
 public:
  SplitText Split(SplitText text) const override;
};

enum class PrefixPlace { kNever, kFirstWord, kEveryWord };

// SentencePiece's: a visible mark stands for each blank, one is put before the text unless it
// begins with one, and every mark begins a word. A mark that was put there comes from the character
// behind it.
class MetaspacePreTokenizer : public PreTokenizer {
 public:
  MetaspacePreTokenizer(std::string mark, PrefixPlace prefix_place, bool splits)
      : mark_(std::move(mark)), prefix_place_(prefix_place), splits_(splits) {}
  SplitText Split(SplitText text) const override;

 private:
  bool GetsPrefix(const SplitText& text, ByteRange word) const;
  void AddWords(std::size_t begin, SplitText& split) const;

  std::string mark_;  // one character
  PrefixPlace prefix_place_;
  bool splits_;
};

}  // namespace wordkin::contextual
