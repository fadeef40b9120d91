#include "train/phrases/phrase_text.h"

#include <string>

namespace wordkin::train {

void WriteCorpusText(const EncodedCorpus& corpus, const TextSink& sink,
                     const std::atomic<bool>& stop) {
  constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
  std::string text;
  text.reserve(kPieceBytes + 2 * kMaxCorpusWordBytes);
  for (const WordId id : corpus.ids.ids()) {
    if (id == kSentenceEnd) {
      text.back() = '\n';  // in the place of a blank
      continue;
    }
    if (text.size() >= kPieceBytes) {
      if (stop) return;
      sink(text);
      text.clear();
    }
    text.append(corpus.vocabulary.Word(id)).push_back(' ');
  }
  if (text.empty()) return;
  text.back() = '\n';
  sink(text);
}

}  // namespace wordkin::train
