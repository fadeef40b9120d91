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

bool IsInsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// Whether a line or a sentence ends just before 'at', which is above 0.
bool IsSentenceEnd(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  for (const std::string_view mark : {"。", "！", "？"}) {
    if (before.ends_with(mark)) return true;
  }
  const char last = before.back();
  if (IsLineEnd(last)) return true;
  const bool is_mark = last == '.' || last == '!' || last == '?';
  return is_mark && at < text.size() && (text[at] == ' ' || IsLineEnd(text[at]));
}

// A sentence that goes on is cut between words where a blank is in the outer half of what may be
// kept, else between characters: some scripts have no blanks.
std::size_t SentenceBegin(std::string_view block, std::size_t word_begin) {
  const std::size_t least = word_begin - std::min(word_begin, kExcerptBytes);
  std::size_t begin = word_begin;
  while (begin > least && !IsSentenceEnd(block, begin)) --begin;
  if (begin > 0 && !IsSentenceEnd(block, begin)) {
    while (begin < word_begin && IsInsideCharacter(block[begin])) ++begin;
    const std::size_t blank = block.substr(0, word_begin - kExcerptBytes / 2).find(' ', begin);
    if (blank != std::string_view::npos) begin = blank;
  }
  while (begin < word_begin && block[begin] == ' ') ++begin;
  return begin;
}

std::size_t SentenceEnd(std::string_view block, std::size_t word_end) {
  const std::size_t most = std::min(block.size(), word_end + kExcerptBytes);
  if (word_end == most) return most;
  std::size_t end = word_end + 1;
  while (end < most && !IsSentenceEnd(block, end)) ++end;
  if (end < block.size() && !IsSentenceEnd(block, end)) {
    while (end > word_end && IsInsideCharacter(block[end])) --end;
    const std::size_t blank = block.substr(word_end, end + 1 - word_end).rfind(' ');
    if (blank != std::string_view::npos && blank >= kExcerptBytes / 2) end = word_end + blank;
  }
  while (end > word_end && IsLineEnd(block[end - 1])) --end;
  return end;
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
    while (begin < bytes.begin && IsInsideCharacter(block[begin])) ++begin;
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
  // Between white space alone, the middle of a long text without any would be left out.
  corpus.CutFor(TokenizerKind::kWords);
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
      const std::size_t begin = SentenceBegin(text, bytes.begin);
      const std::size_t end = SentenceEnd(text, bytes.end);
      drawn[slot] = {number,
                     std::string(text.substr(begin, end - begin)),
                     {bytes.begin - begin, bytes.end - begin}};
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
