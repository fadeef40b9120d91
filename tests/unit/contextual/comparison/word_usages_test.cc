#include "contextual/comparison/word_usages.h"

#include <gmock/gmock.h>

#include <memory>
#include <sstream>

#include "common/support/error.h"
#include "contextual/tokenizers/tokenizer_file.h"
#include "contextual/tokenizers/word_tokenizer.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> Found(std::string_view text, std::string_view word) {
  std::vector<std::string> found;
  for (const ByteRange range : FindWord(text, word)) {
    found.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return found;
}

TEST(FindWord, DoesNotMindCaseOrPunctuation) {
  EXPECT_THAT(Found("Book a book, (BOOK)!", "book"), ElementsAre("Book", "book", "BOOK"));
  EXPECT_THAT(Found("a book", "BOOK"), ElementsAre("book"));
  EXPECT_THAT(Found("Große Straße", "straße"), ElementsAre("Straße"));
  EXPECT_THAT(Found("I \"book\".", "book"), ElementsAre("book"));
}

TEST(FindWord, FindsWholeWordsOnly) {
  EXPECT_THAT(Found("books booking notebook", "book"), IsEmpty());
  EXPECT_THAT(Found("", "book"), IsEmpty());
}

TEST(FindWord, FindsSeveralWordsInARow) {
  EXPECT_THAT(Found("New York, new  york and York", "new york"),
              ElementsAre("New York", "new  york"));
  EXPECT_THAT(Found("a a a a a", "a a"), ElementsAre("a a", "a a")) << "they do not overlap";
}

TEST(FindWord, WantsTheMarksOfTheWord) {
  EXPECT_THAT(Found("C, c++ and C++14; (C++)", "C++"), ElementsAre("c++", "C++", "C++"));
  EXPECT_THAT(Found("the U.S. army, u s, U-S., us", "u.s."), ElementsAre("U.S."));
  EXPECT_THAT(Found("net, .NET and dot.net", ".net"), ElementsAre(".NET", ".net"));
  EXPECT_THAT(Found("e-mail, e mail, e - mail", "e mail"),
              ElementsAre("e-mail", "e mail", "e - mail"));
  EXPECT_THAT(Found("e-mail, e mail", "e-mail"), ElementsAre("e-mail"));
  EXPECT_THAT(Found("a a. a.", "a."), ElementsAre("a.", "a."));
}

TEST(FindWord, FindsWordsOfScriptsWithoutSpaces) {
  EXPECT_THAT(Found("我在图书馆读书。书很好", "书"), ElementsAre("书", "书", "书"));
  EXPECT_THAT(Found("我在图书馆读书", "图书"), ElementsAre("图书"));
}

TEST(FindWord, RefusesWhatIsNoWord) {
  for (const char* word : {"", " ... ", "!"}) {
    try {
      FindWord("a book!", word);
      FAIL() << word;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_THAT(error.what(), HasSubstr("no letter or digit"));
    }
  }
}

TEST(FindWord, GivesBytesOfTheText) {
  const std::vector<ByteRange> found = FindWord("Ünder the book", "book");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], (ByteRange{11, 15}));
}

// By going through all pieces.
PieceRange PlainPiecesOf(const TokenizedText& text, ByteRange bytes) {
  const std::size_t end = text.size() - text.trailing;
  std::size_t first = text.leading;
  while (first < end && text.offsets[first].end <= bytes.begin) ++first;
  std::size_t last = first;
  while (last < end && text.offsets[last].begin < bytes.end) ++last;
  return {first, last};
}

TEST(PiecesOf, AreTheSameAsThoseThatAllPiecesAreAskedFor) {
  std::size_t asked = 0;
  for (const char* const name :
       {"bert_cased", "bert_uncased", "gpt2", "roberta", "roberta_prefixed", "t5", "t5_new"}) {
    SCOPED_TRACE(name);
    const std::string folder = std::string(WORDKIN_GOLDEN_FOLDER) + "/tokenizers/" + name;
    const std::unique_ptr<const Tokenizer> tokenizer = ReadTokenizer(folder);
    std::istringstream lines(ReadText(folder + "/expected.jsonl"));
    for (std::string line; std::getline(lines, line);) {
      const std::string written = nlohmann::json::parse(line)["text"];
      for (const std::string& text : {written, " \uFDFA " + written + "\u3000x\u00B4 ½ "}) {
        const TokenizedText pieces = tokenizer->Tokenize(text);
        for (const ByteRange word :
             WordTokenizer(TokenizerKind::kCharacters).Tokenize(text).offsets) {
          const PieceRange plain = PlainPiecesOf(pieces, word);
          const PieceRange found = PiecesOf(pieces, word);
          EXPECT_EQ(found.first, plain.first) << text << ": " << word.begin;
          EXPECT_EQ(found.last, plain.last) << text << ": " << word.begin;
          ++asked;
        }
      }
    }
  }
  EXPECT_GT(asked, 2000u);
}

TEST(PiecesOf, FindsPiecesOfOneCharacterThatAreOutOfOrder) {
  // A character that becomes two letters with a blank between, which is left out of the ranges.
  TokenizedText text;
  text.offsets = {{0, 0}, {0, 2}, {2, 5}, {2, 2}, {2, 5}, {5, 8}, {0, 0}};
  text.ids.resize(7);
  text.leading = text.trailing = 1;
  EXPECT_EQ(PiecesOf(text, {2, 5}).first, 2u);
  EXPECT_EQ(PiecesOf(text, {2, 5}).last, 5u);
  EXPECT_EQ(PiecesOf(text, {5, 8}).first, 5u);
  EXPECT_EQ(PiecesOf(text, {0, 2}).last, 2u);
  EXPECT_TRUE(PiecesOf(text, {8, 9}).empty());
  EXPECT_EQ(PiecesOf(text, {1, 3}).first, 1u) << "a piece that the range begins in";
}

class UsageVectorsTest : public testing::Test {
 protected:
  PieceRange PiecesOfWord(const std::string& text, std::string_view word) const {
    return PiecesOf(encoder_.Tokenize(text).text, FindWord(text, word).at(0));
  }

  // All usages of 'word'.
  static std::vector<Usage> UsagesOf(std::string_view word, std::span<const std::string> texts) {
    std::vector<Usage> usages;
    for (std::size_t text = 0; text < texts.size(); ++text) {
      for (const ByteRange bytes : FindWord(texts[text], word)) usages.push_back({text, bytes});
    }
    return usages;
  }

  // The mean of the states of pieces [first, last) of 'text' at 'layer'.
  std::vector<float> Mean(const std::string& text, PieceRange range, std::size_t layer) const {
    const std::vector<std::int32_t> ids = encoder_.Tokenize(text).text.ids;
    const std::size_t lengths[] = {ids.size()}, dimension = encoder_.encoder().dimension();
    std::vector<float> mean(dimension);
    EncoderScratch scratch;
    encoder_.encoder().Encode(
        {ids, lengths}, layer, scratch, [&](std::size_t at, const float* states) {
          for (std::size_t piece = range.first; at == layer && piece < range.last; ++piece) {
            for (std::size_t i = 0; i < dimension; ++i) {
              mean[i] +=
                  states[piece * dimension + i] / static_cast<float>(range.last - range.first);
            }
          }
        });
    return mean;
  }

  const TextEncoder encoder_{EncoderFolder("bert").path(), EncoderPrecision::kFloat32, 2};
};

TEST_F(UsageVectorsTest, PiecesOfAWordLeaveTheSpecialOnesOut) {
  const PieceRange one = PiecesOfWord("I read a book.", "book");
  EXPECT_EQ(one.first, 4u);
  EXPECT_EQ(one.last, 5u);
  const PieceRange several = PiecesOfWord("I go.", "go");  // g ##o
  EXPECT_EQ(several.first, 2u);
  EXPECT_EQ(several.last, 4u);
  const TokenizedText text = encoder_.Tokenize("a book").text;
  EXPECT_TRUE(PiecesOf(text, {1, 2}).empty()) << "a space is no piece";
  EXPECT_EQ(PiecesOf(text, {0, 6}).last, 3u);
  EXPECT_TRUE(PiecesOf(text, {7, 9}).empty());
}

TEST_F(UsageVectorsTest, AreTheMeansOfPiecesAtEveryLayer) {
  const std::vector<std::string> texts = {"I go to book.", "nothing here", "go on. Go!"};
  const std::vector<Usage> usages = UsagesOf("go", texts);
  ASSERT_EQ(usages.size(), 3u);
  for (const int thread_count : {1, 3}) {
    const UsageVectors vectors(encoder_, texts, usages, thread_count);
    EXPECT_EQ(vectors.layer_count(), 3u);
    EXPECT_EQ(vectors.dimension(), 24u);
    EXPECT_EQ(vectors.usage_count(), 3u);
    for (std::size_t usage = 0; usage < 3; ++usage) {
      const std::string& text = texts[usages[usage].text];
      const PieceRange range = PiecesOf(encoder_.Tokenize(text).text, usages[usage].bytes);
      ASSERT_EQ(range.last - range.first, 2u);
      for (std::size_t layer = 0; layer < 3; ++layer) {
        const std::vector<float> expected = Mean(text, range, layer);
        for (std::size_t i = 0; i < 24; ++i) {
          EXPECT_NEAR(vectors.At(usage, layer)[i], expected[i], 1e-6) << usage << ", " << layer;
        }
      }
    }
  }
}

TEST_F(UsageVectorsTest, AreWantedOfWhatTheEncoderTakes) {
  const auto reaches = [&](const std::string& text, std::string_view word) {
    return Reaches(encoder_.Tokenize(text), FindWord(text, word).at(0));
  };
  std::string text;
  for (int i = 0; i < 45; ++i) text += "a ";  // of 46 that fit between [CLS] and [SEP]
  EXPECT_TRUE(reaches(text + "book", "book"));
  EXPECT_FALSE(reaches(text + "a book", "book"));
  EXPECT_TRUE(reaches("book " + text + text, "book"));
  EXPECT_TRUE(reaches(text + "x", "x"));
  EXPECT_FALSE(reaches(text + "xyz", "xyz")) << "cut in two";
  EXPECT_FALSE(Reaches(encoder_.Tokenize("a b"), {1, 2})) << "no piece is of a blank";
}

TEST_F(UsageVectorsTest, MayBeNone) {
  const UsageVectors vectors(encoder_, {}, {}, 2);
  EXPECT_EQ(vectors.usage_count(), 0u);
}

}  // namespace
}  // namespace wordkin::contextual
