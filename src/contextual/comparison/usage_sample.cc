#include "contextual/comparison/usage_sample.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "common/support/random.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::contextual {
namespace {

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool EndsSentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n' || c == '\r') return true;
  return (c == '.' || c == '!' || c == '?') && at + 1 < text.size() &&
         (text[at + 1] == ' ' || text[at + 1] == '\n');
}

// The sentence around bytes of a block.
ByteRange SentenceAround(std::string_view block, ByteRange bytes) {
  std::size_t begin = bytes.begin, blank = bytes.begin;
  const std::size_t least = bytes.begin - std::min(bytes.begin, kExcerptBytes);
  while (begin > least && !EndsSentence(block, begin - 1)) {
    --begin;
    if (block[begin] == ' ') blank = begin + 1;
  }
  // Cut between words where no sentence begins.
  if (begin == least && begin > 0) begin = blank;
  std::size_t end = bytes.end;
  blank = bytes.end;
  const std::size_t most = std::min(block.size(), bytes.end + kExcerptBytes);
  while (end < most && !EndsSentence(block, end)) {
    if (block[end] == ' ') blank = end;
    ++end;
  }
  if (end == most && end < block.size()) {
    end = blank;
  } else if (end < block.size() && block[end] != '\n' && block[end] != '\r') {
    ++end;  // the stop belongs to it
  }
  while (begin < bytes.begin && block[begin] == ' ') ++begin;
  return {begin, end};
}

// Finds a word's occurrences in blocks. A word of ASCII letters is sought as it is before words are
// told apart around it, which is many times quicker than cutting the whole text into words.
class Finder {
 public:
  explicit Finder(const std::string& word) : word_(word) {
    const TokenizedText words = WordTokenizer(TokenizerKind::kWords).Tokenize(word);
    const bool is_one_word =
        words.size() == 1 && words.offsets.front() == ByteRange{0, word.size()};
    if (is_one_word && IsAscii(word)) plain_ = LowerAscii(word);
  }

  template <typename Visit>
  void ForEach(std::string_view block, const Visit& visit) const {
    if (!plain_) {
      for (const ByteRange& bytes : FindWord(block, word_)) visit(bytes);
      return;
    }
    const std::string lower = LowerAscii(block);
    for (std::size_t at = lower.find(*plain_); at != std::string::npos;
         at = lower.find(*plain_, at + plain_->size())) {
      const ByteRange bytes = {at, at + plain_->size()};
      if (IsWord(block, bytes)) visit(bytes);
    }
  }

 private:
  // Whether the word splitter sees the word at just these bytes.
  bool IsWord(std::string_view block, ByteRange bytes) const {
    constexpr std::size_t kMargin = 32;
    std::size_t begin = bytes.begin - std::min(bytes.begin, kMargin);
    const std::size_t end = std::min(block.size(), bytes.end + kMargin);
    while (begin < bytes.begin && (static_cast<unsigned char>(block[begin]) & 0xC0) == 0x80) {
      ++begin;  // not within a character
    }
    const ByteRange wanted = {bytes.begin - begin, bytes.end - begin};
    return std::ranges::count(FindWord(block.substr(begin, end - begin), word_), wanted) > 0;
  }

  std::string word_;
  std::optional<std::string> plain_;
};

struct Drawn {
  std::uint64_t number;  // of the occurrence
  std::string text;
  ByteRange bytes;
};

}  // namespace

UsageSample SampleUsages(CorpusReader& corpus, const std::string& word, std::size_t count,
                         std::uint64_t seed, const std::function<void()>& progress) {
  const Finder finder(word);
  Random random(seed);
  std::vector<Drawn> drawn;
  std::uint64_t found = 0;
  while (const std::optional<TextBlock> block = corpus.Next()) {
    const std::string_view text = block->text;
    finder.ForEach(text, [&](ByteRange bytes) {
      const std::uint64_t number = found++;
      std::size_t slot = drawn.size();
      if (slot == count) {
        const std::uint64_t draw = random.Next64() % found;
        if (draw >= count) return;
        slot = draw;
      } else {
        drawn.emplace_back();
      }
      const ByteRange sentence = SentenceAround(text, bytes);
      drawn[slot] = {number,
                     std::string(text.substr(sentence.begin, sentence.end - sentence.begin)),
                     {bytes.begin - sentence.begin, bytes.end - sentence.begin}};
    });
    progress();
  }
  std::ranges::sort(drawn, {}, &Drawn::number);
  UsageSample sample;
  sample.found = found;
  for (Drawn& each : drawn) {
    sample.usages.push_back({sample.texts.size(), each.bytes});
    sample.texts.push_back(std::move(each.text));
  }
  return sample;
}

}  // namespace wordkin::contextual
