// All tokenizers pass on valid words of allowed length, the same ones when the text is cut at a
// word boundary. The first byte says where.

#include <cstdlib>

#include "common/text/utf8.h"
#include "common/text/word_splitter.h"

namespace {

class CheckedWords : public wordkin::WordSink {
 public:
  void OnWord(std::string_view word) override {
    if (word.empty() || word.size() > wordkin::kMaxCorpusWordBytes) std::abort();
    if (!wordkin::IsValidUtf8(word)) std::abort();
    all.append(word).push_back(' ');
  }
  void OnLineEnd() override { all.push_back('\n'); }

  std::string all;
};

void TryTokenizer(std::string_view text, std::size_t cut_at, wordkin::TokenizerKind kind) {
  CheckedWords whole;
  wordkin::WordSplitter splitter(kind);
  splitter.Split(text, whole);

  const std::size_t boundary = wordkin::LastWordBoundary(text.substr(0, cut_at), kind);
  CheckedWords parts;
  wordkin::WordSplitter part_splitter(kind);
  part_splitter.Split(text.substr(0, boundary), parts);
  part_splitter.Split(text.substr(boundary), parts);
  if (parts.all != whole.all || part_splitter.notes() != splitter.notes()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t cut_at = text.size() * data[0] / 255;
  TryTokenizer(text, cut_at, wordkin::TokenizerKind::kWhitespace);
  TryTokenizer(text, cut_at, wordkin::TokenizerKind::kWords);
  TryTokenizer(text, cut_at, wordkin::TokenizerKind::kCharacters);
  if (!wordkin::IsValidUtf8(wordkin::RepairUtf8(text))) std::abort();
  return 0;
}
