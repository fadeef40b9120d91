#include "common/text/corpus_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include "common/support/error.h"
#include "compressed.h"
#include "recorded_words.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr TokenizerKind kAllTokenizers[] = {TokenizerKind::kWhitespace, TokenizerKind::kWords,
                                            TokenizerKind::kCharacters};

Error ErrorOfReading(const std::string& path) {
  try {
    ReadWords({path}, TokenizerKind::kWhitespace, 100);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::kInternal, "no error");
}

TEST(CorpusReader, NumbersBlocksThatEndBetweenWords) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a"), "one two three four five");
  CorpusReader reader({folder.PathOf("a")}, 8);
  std::string whole;
  std::uint64_t index = 0;
  while (const auto block = reader.Next()) {
    EXPECT_EQ(block->index, index++);
    EXPECT_THAT(block->text.back(), ::testing::AnyOf(' ', '\n'));
    EXPECT_LE(block->text.size(), 16u);
    whole += block->text;
  }
  EXPECT_EQ(whole, "one two three four five\n");
  EXPECT_EQ(index, 4u);
}

TEST(CorpusReader, EndsALineWithEachFile) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a"), "one two");
  WriteText(folder.PathOf("b"), "three\n");
  WriteText(folder.PathOf("c"), "");
  WriteText(folder.PathOf("d"), Gzip("four"));
  const SplitText split =
      ReadWords({folder.PathOf("a"), folder.PathOf("b"), folder.PathOf("c"), folder.PathOf("d")},
                TokenizerKind::kWhitespace, 1 << 20);
  EXPECT_THAT(split.words,
              ElementsAre("one", "two", "\n", "three", "\n", "\n", "\n", "four", "\n"));
}

TEST(CorpusReader, RemovesAByteOrderMarkAtEachBeginning) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a"), "\uFEFFone");
  WriteText(folder.PathOf("b"), Zstd("\uFEFFone two"));
  WriteText(folder.PathOf("c"), "\uFEFF");
  const SplitText split = ReadWords({folder.PathOf("a"), folder.PathOf("b"), folder.PathOf("c")},
                                    TokenizerKind::kWhitespace, 3);
  EXPECT_THAT(split.words, ElementsAre("one", "\n", "one", "two", "\n", "\n"));
  EXPECT_EQ(split.notes.byte_order_marks, 3u);
}

TEST(CorpusReader, NeverCutsALineEndInTwo) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a"), "a\r\nb\r\nc\r\rd\r\n\r\n");
  for (std::size_t block_bytes = 1; block_bytes < 20; ++block_bytes) {
    EXPECT_THAT(ReadWords({folder.PathOf("a")}, TokenizerKind::kWhitespace, block_bytes).words,
                ElementsAre("a", "\n", "b", "\n", "c", "\n", "\n", "d", "\n", "\n", "\n"))
        << block_bytes;
  }
}

TEST(CorpusReader, CutsTextWithoutAsciiWhiteSpaceToo) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\u6771\u4EAC\u3000";
  WriteText(folder.PathOf("a"), text);
  CorpusReader reader({folder.PathOf("a")}, 64);
  std::size_t longest = 0;
  while (const auto block = reader.Next()) longest = std::max(longest, block->text.size());
  EXPECT_LE(longest, 128u);
}

// What is one endless run for one tokenizer may be many words for the other.
TEST(CorpusReader, CutsAtPunctuationForTheWordsTokenizer) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "ab,l'eau,\u3001";
  WriteText(folder.PathOf("a"), text);
  for (const std::size_t block_bytes : {64, 1000, 1 << 20}) {
    const SplitText words = ReadWords({folder.PathOf("a")}, TokenizerKind::kWords, block_bytes);
    EXPECT_EQ(words.words.size(), 6001u) << block_bytes;
    EXPECT_EQ(words.notes.long_words, 0u);
    const SplitText runs = ReadWords({folder.PathOf("a")}, TokenizerKind::kWhitespace, block_bytes);
    EXPECT_THAT(runs.words, ElementsAre("\n"));
    EXPECT_EQ(runs.notes.long_words, 1u);
  }
}

TEST(CorpusReader, KeepsAWordOfMegabytesOutOfMemory) {
  const TemporaryFolder folder;
  const std::string endless(3'000'000, 'a');
  WriteText(folder.PathOf("a"), "before " + endless + "\nafter");
  CorpusReader reader({folder.PathOf("a")}, 1 << 16);
  std::size_t longest = 0;
  while (const auto block = reader.Next()) longest = std::max(longest, block->text.size());
  EXPECT_LT(longest, std::size_t{1} << 18);
  for (const TokenizerKind kind : kAllTokenizers) {
    const SplitText split = ReadWords({folder.PathOf("a")}, kind, 1 << 16);
    EXPECT_THAT(split.words, ElementsAre("before", "\n", "after", "\n"));
    EXPECT_EQ(split.notes.long_words, 1u);
  }
}

// The filler has to extend the letter: another letter would be a second word.
TEST(CorpusReader, KeepsOneLetterWithTooManyMarksOneWord) {
  const TemporaryFolder folder;
  std::string letter = "\u6771";
  for (int i = 0; i < 5000; ++i) letter += "\u0301";
  WriteText(folder.PathOf("a"), "a" + letter + "\u4EAC");
  for (const std::size_t block_bytes : {100, 999, 1 << 20}) {
    const SplitText split =
        ReadWords({folder.PathOf("a")}, TokenizerKind::kCharacters, block_bytes);
    EXPECT_THAT(split.words, ElementsAre("a", "\u4EAC", "\n"));
    EXPECT_EQ(split.notes.long_words, 1u);
  }
}

TEST(CorpusReader, KeepsALongWordApartWhereItsMiddleIsLeftOut) {
  const TemporaryFolder folder;
  // Two thirds of an ideographic space and a third, which would part the word if they met.
  std::string broken;
  for (int i = 0; i < 5000; ++i) broken += "\xE3\x80";
  broken += "z" + std::string(5000, '\x80');
  WriteText(folder.PathOf("a"), broken + " after");
  for (const std::size_t block_bytes : {100, 999, 1000, 1 << 20}) {
    const SplitText split =
        ReadWords({folder.PathOf("a")}, TokenizerKind::kWhitespace, block_bytes);
    EXPECT_THAT(split.words, ElementsAre("after", "\n"));
    EXPECT_EQ(split.notes.long_words, 1u);
    EXPECT_EQ(split.notes.invalid_utf8, 0u);
  }
}

// Once what followed the last ASCII white space was taken for one word.
TEST(CorpusReader, TakesNoStretchWithoutAsciiWhiteSpaceForAWord) {
  const TemporaryFolder folder;
  std::string symbols;
  for (int i = 0; i < 20'000; ++i) symbols += "\u2764";
  WriteText(folder.PathOf("a"), "before " + symbols + " after");
  for (const std::size_t block_bytes : {1000, 10'000, 1 << 20}) {
    const SplitText split = ReadWords({folder.PathOf("a")}, TokenizerKind::kWords, block_bytes);
    EXPECT_THAT(split.words, ElementsAre("before", "after", "\n"));
    EXPECT_EQ(split.notes.long_words, 0u);
  }
}

// The end of what is read at a time may fall anywhere.
TEST(CorpusReader, CutsNoCodePointAndNoIllFormedSequence) {
  const TemporaryFolder folder;
  std::string text = "a";
  for (int i = 0; i < 60; ++i) text += "\u3001b\xE3\x80,\xF0\x9F\x98,\U0001F600c\u2019d";
  WriteText(folder.PathOf("a"), text);
  for (const TokenizerKind kind : kAllTokenizers) {
    const SplitText whole = Split(text + "\n", kind);
    for (const std::size_t block_bytes : {1, 2, 3, 5, 7, 11, 100}) {
      const SplitText cut = ReadWords({folder.PathOf("a")}, kind, block_bytes);
      EXPECT_EQ(cut.words, whole.words) << block_bytes;
      EXPECT_EQ(cut.notes, whole.notes) << block_bytes;
    }
  }
}

TEST(CorpusReader, KnowsHowFarItIs) {
  const TemporaryFolder folder;
  const std::string compressed = Gzip(std::string(5000, 'x') + " y");
  WriteText(folder.PathOf("a"), "one two");
  WriteText(folder.PathOf("b"), compressed);
  CorpusReader reader({folder.PathOf("a"), folder.PathOf("b")}, 16);
  EXPECT_EQ(reader.bytes_total(), 7 + compressed.size());
  EXPECT_EQ(reader.bytes_read(), 0u);
  while (reader.Next()) EXPECT_LE(reader.bytes_read(), reader.bytes_total());
  EXPECT_EQ(reader.bytes_read(), reader.bytes_total());
  EXPECT_EQ(CorpusReader({folder.PathOf("a"), "-"}).bytes_total(), 0u);
}

TEST(CorpusReader, HashesTheTextWhateverTheBlocksAndTheCompression) {
  const TemporaryFolder folder;
  const std::string text = "\uFEFFone two three\n" + std::string(10'000, 'x');
  WriteText(folder.PathOf("a"), text);
  WriteText(folder.PathOf("b"), Zstd(text));
  for (const char* name : {"a", "b"}) {
    for (const std::size_t block_bytes : {64, 1 << 20}) {
      CorpusReader reader({folder.PathOf(name)}, block_bytes);
      while (reader.Next()) {
      }
      EXPECT_EQ(reader.content_hash(), XXH3_64bits(text.data(), text.size()));
    }
  }
}

TEST(CorpusReader, RefusesUtf16AndUtf32WithARemedy) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("le"), std::string("\xFF\xFE"
                                             "a\0",
                                             4));
  WriteText(folder.PathOf("be"), std::string("\xFE\xFF\0a", 4));
  WriteText(folder.PathOf("wide"), std::string("\xFF\xFE\0\0a\0\0\0", 8));
  for (const char* name : {"le", "be"}) {
    EXPECT_EQ(ErrorOfReading(folder.PathOf(name)).kind(), ErrorKind::kDamaged);
    EXPECT_THAT(ErrorOfReading(folder.PathOf(name)).what(), HasSubstr("iconv -f UTF-16 -t UTF-8"));
  }
  EXPECT_THAT(ErrorOfReading(folder.PathOf("wide")).what(), HasSubstr("iconv -f UTF-32"));
}

TEST(CorpusReader, RefusesWhatIsNoText) {
  const TemporaryFolder folder;
  std::string binary;
  for (int i = 0; i < 5000; ++i) binary.push_back(static_cast<char>(i * 7));
  std::string tar(512, 'x');
  tar.replace(257, 5, 1, '-').replace(257, 5, "ustar");
  const std::string contents[] = {
      "\x7F"
      "ELF and so on",
      "\x89KIN\r\n\x1A\n",
      "PK\x03\x04 zip",
      binary,
      Gzip(Gzip("text")),
      "BZh91AY",
      tar};
  for (const std::string& content : contents) {
    WriteText(folder.PathOf("a"), content);
    const Error error = ErrorOfReading(folder.PathOf("a"));
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged) << content.substr(0, 10);
    EXPECT_THAT(error.what(), HasSubstr("'" + folder.PathOf("a") + "'"));
  }
}

TEST(CorpusReader, BearsASlipOfAFewControlCharacters) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a"), std::string("a\0b\x01 c", 6));
  EXPECT_THAT(ReadWords({folder.PathOf("a")}, TokenizerKind::kWhitespace, 10).words,
              ElementsAre("a", "b\x01", "c", "\n"));
  WriteText(folder.PathOf("latin1"), "na\xEFve caf\xE9s d\xE9j\xE0 vu");
  EXPECT_EQ(ReadWords({folder.PathOf("latin1")}, TokenizerKind::kWhitespace, 10).notes.invalid_utf8,
            4u);
}

}  // namespace
}  // namespace wordkin
