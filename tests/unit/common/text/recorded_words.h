#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/corpus_reader.h"
#include "common/text/word_splitter.h"

namespace wordkin {

// Keeps what a splitter says: the words, and "\n" for each line end.
class RecordedWords : public WordSink {
 public:
  void OnWord(std::string_view word) override { words.emplace_back(word); }
  void OnLineEnd() override { words.emplace_back("\n"); }

  std::vector<std::string> words;
};

struct SplitText {
  std::vector<std::string> words;
  CorpusNotes notes;
};

inline SplitText Split(std::string_view text, TokenizerKind kind) {
  RecordedWords recorded;
  WordSplitter splitter(kind);
  splitter.Split(text, recorded);
  return {recorded.words, splitter.notes()};
}

// The words of a corpus read block by block.
inline SplitText ReadWords(const std::vector<std::string>& paths, TokenizerKind kind,
                           std::size_t block_bytes) {
  CorpusReader reader(paths, block_bytes);
  reader.CutFor(kind);
  RecordedWords recorded;
  WordSplitter splitter(kind);
  while (const auto block = reader.Next()) splitter.Split(block->text, recorded);
  CorpusNotes notes = reader.notes();
  notes += splitter.notes();
  return {recorded.words, notes};
}

}  // namespace wordkin
