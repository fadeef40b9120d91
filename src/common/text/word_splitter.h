#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/text/corpus_notes.h"
#include "common/text/word_arena.h"
#include "common/text/word_boundary.h"

namespace wordkin {

// Receives the words of a block in order. A view is valid UTF-8 of 1 to kMaxCorpusWordBytes bytes;
// it lives as long as the text it was split from, until the splitter's next Split() at most.
class WordSink {
 public:
  virtual ~WordSink() = default;
  virtual void OnWord(std::string_view word) = 0;
  virtual void OnLineEnd() = 0;  // LF, CR, CRLF (once), U+2028, U+2029
};

// Splits text into words. One per thread; the scratch memory is reused from block to block.
// TokenizerKind::kWhitespace parts at Unicode white space, NUL and byte order marks.
// TokenizerKind::kWords takes the runs of letters, marks and numbers (by Unicode category), case
// folded in full and composed (NFC): see word_characters.h for what else stays inside a word.
// TokenizerKind::kCharacters does the same, but each letter of a script without spaces is a word.
class WordSplitter {
 public:
  explicit WordSplitter(TokenizerKind kind) : kind_(kind) {}

  // 'text' begins and ends between words.
  void Split(std::string_view text, WordSink& sink);
  // The bytes [begin, end) of the text that the word was written in that OnWord() got last.
  std::size_t word_begin() const { return word_begin_; }
  std::size_t word_end() const { return word_end_; }
  // Of all blocks so far.
  const CorpusNotes& notes() const { return notes_; }

 private:
  void SplitAtWhitespace(std::string_view text, WordSink& sink);
  void SplitIntoWords(std::string_view text, WordSink& sink);
  std::size_t TakeRun(std::string_view text, std::size_t begin, WordSink& sink);
  std::size_t TakeUnicodeRun(std::string_view text, std::size_t begin, std::size_t end,
                             WordSink& sink);
  std::size_t TakeWord(std::string_view text, std::size_t begin, WordSink& sink);
  std::size_t TakeUnicodeWord(std::string_view text, std::size_t begin, WordSink& sink);
  std::size_t TakeUnicode(std::string_view text, std::size_t begin, WordSink& sink);
  std::size_t TakeUnspacedLetter(std::string_view text, std::size_t begin, WordSink& sink);
  void PassOnFolded(std::string_view text, std::size_t begin, std::size_t end, bool is_folded,
                    WordSink& sink);
  void PassOn(std::string_view word, std::size_t begin, std::size_t end, WordSink& sink) {
    word_begin_ = begin;
    word_end_ = end;
    sink.OnWord(word);
  }
  std::size_t TakeAsciiSeparator(std::string_view text, std::size_t begin, WordSink& sink);
  void NoteSeparator(char32_t code_point, WordSink& sink);

  TokenizerKind kind_;
  CorpusNotes notes_;
  std::size_t word_begin_ = 0;
  std::size_t word_end_ = 0;
  std::string scratch_;
  WordArena arena_;  // the words that are not written in the text as they are passed on
};

}  // namespace wordkin
