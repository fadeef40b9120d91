#include "query/evaluation/question_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin::query {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class QuestionFiles : public ::testing::Test {
 protected:
  std::string Write(const std::string& text) const {
    const std::string path = folder_.PathOf("questions.txt");
    WriteText(path, text);
    return path;
  }
  std::string QuestionRefusal(const std::string& text) const {
    return Refusal([&] { ReadQuestionFile(Write(text)); });
  }
  std::string PairRefusal(const std::string& text) const {
    return Refusal([&] { ReadJudgedPairs(Write(text)); });
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(QuestionFiles, KnowsSectionsAndTheirQuestions) {
  const auto sections = ReadQuestionFile(
      Write(": capital cities\nAthens Greece Oslo Norway\n\n  a\tb  c d \n: empty\n:plural\n"
            "cat cats dog dogs"));
  ASSERT_THAT(sections, SizeIs(3));
  EXPECT_EQ(sections[0].name, "capital cities");
  ASSERT_THAT(sections[0].questions, SizeIs(2));
  EXPECT_THAT(sections[0].questions[0], ElementsAre("Athens", "Greece", "Oslo", "Norway"));
  EXPECT_THAT(sections[0].questions[1], ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(sections[1].name, "empty");
  EXPECT_THAT(sections[1].questions, IsEmpty());
  EXPECT_EQ(sections[2].name, "plural");
  EXPECT_THAT(sections[2].questions, SizeIs(1));
}

TEST_F(QuestionFiles, PutsQuestionsBeforeAnySectionIntoANamelessOne) {
  const auto sections = ReadQuestionFile(Write("a b c d\n: x\n"));
  ASSERT_THAT(sections, SizeIs(2));
  EXPECT_EQ(sections[0].name, "");
  EXPECT_THAT(sections[0].questions, SizeIs(1));
}

TEST_F(QuestionFiles, TakesCarriageReturnsAndAByteOrderMark) {
  const auto sections = ReadQuestionFile(Write("\xEF\xBB\xBF: s\r\na b c d\r\n\r\n"));
  ASSERT_THAT(sections, SizeIs(1));
  EXPECT_EQ(sections[0].name, "s");
  EXPECT_THAT(sections[0].questions[0], ElementsAre("a", "b", "c", "d"));
}

TEST_F(QuestionFiles, NamesTheLineThatIsNoQuestion) {
  EXPECT_THAT(QuestionRefusal(": s\na b c d\n\na b c\n"), HasSubstr("line 4 has 3 words"));
  EXPECT_THAT(QuestionRefusal("a b c d e"), HasSubstr("line 1 has 5 words"));
}

TEST_F(QuestionFiles, SaysWhenAFileIsMissing) {
  const auto refusal = [](const auto& read) {
    return Refusal([&] { read("/nowhere/at/all.txt"); }, ErrorKind::kInputOutput);
  };
  EXPECT_THAT(refusal(ReadQuestionFile), HasSubstr("/nowhere/at/all.txt"));
  EXPECT_THAT(refusal(ReadJudgedPairs), HasSubstr("/nowhere/at/all.txt"));
}

TEST_F(QuestionFiles, ReadsFilesLongerThanItsBuffer) {
  std::string text = ": long\n";
  for (int i = 0; i < 20000; ++i) text += "one two three four\n";
  EXPECT_THAT(ReadQuestionFile(Write(text))[0].questions, SizeIs(20000));
}

TEST_F(QuestionFiles, SplitsPairsByTabsElseCommasElseSpaces) {
  const auto pairs = ReadJudgedPairs(
      Write("new york\tbig apple\t9.5\ntiger,big cat, 7.35\nbook paper 7\na\tb\t-1e-1\tnoun\n"));
  ASSERT_THAT(pairs, SizeIs(4));
  EXPECT_EQ(pairs[0].a, "new york");
  EXPECT_EQ(pairs[0].b, "big apple");
  EXPECT_EQ(pairs[0].score, 9.5);
  EXPECT_EQ(pairs[1].b, "big cat");
  EXPECT_EQ(pairs[1].score, 7.35);
  EXPECT_EQ(pairs[2].b, "paper");
  EXPECT_EQ(pairs[3].score, -0.1);
}

TEST_F(QuestionFiles, SkipsCommentsAndAHeading) {
  const auto pairs = ReadJudgedPairs(Write("# judged by nobody\nWord 1,Word 2,Mean\r\na,b,1\r\n"));
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].a, "a");
}

TEST_F(QuestionFiles, NamesTheLineThatIsNoPair) {
  EXPECT_THAT(PairRefusal("a b 1\na b\n"), HasSubstr("line 2 is not two words and a score"));
  EXPECT_THAT(PairRefusal("a\t\t1\n"), HasSubstr("line 1"));
  EXPECT_THAT(PairRefusal("a b 1\na b one\n"), HasSubstr("line 2 has a third field"));
  EXPECT_THAT(PairRefusal("w1 w2 score\na b nan\n"), HasSubstr("line 2 has a third field"));
  EXPECT_THAT(PairRefusal("a b 1\na b 1.5x\n"), HasSubstr("line 2 has a third field"));
}

TEST_F(QuestionFiles, AreKnownByTheirContent) {
  const auto is_pairs = [&](const std::string& text) {
    return std::holds_alternative<std::vector<JudgedPair>>(ReadQuestionSet(Write(text)));
  };
  EXPECT_TRUE(is_pairs("king queen 9\n"));
  EXPECT_TRUE(is_pairs("Word 1,Word 2,Human (mean)\nking,queen,9\n"));
  EXPECT_TRUE(is_pairs("word word score who\nking queen 9 5\n"));
  EXPECT_FALSE(is_pairs(": royal\nman king woman queen\n"));
  EXPECT_FALSE(is_pairs("man king woman queen\n"));
  EXPECT_FALSE(is_pairs("one 1 2 two\none 1 three 3\n"));
  EXPECT_THAT(Refusal([&] { ReadQuestionSet(Write("a b c d\na b c\n")); }),
              HasSubstr("line 2 has 3 words"));
}

TEST_F(QuestionFiles, KnowWordsAndTheirCategories) {
  const auto words = ReadCategories(
      Write("# AP\r\nbig apple\tfruit\nplum, fruit\noak tree\r\n\nnew york\tcity\n"));
  ASSERT_THAT(words, SizeIs(4));
  EXPECT_EQ(words[0].word, "big apple");
  EXPECT_EQ(words[0].category, "fruit");
  EXPECT_EQ(words[1].word, "plum");
  EXPECT_EQ(words[1].category, "fruit");
  EXPECT_EQ(words[2].category, "tree");
  EXPECT_EQ(words[3].word, "new york");
}

TEST_F(QuestionFiles, RefuseWordsThatHaveNoCategoriesToBePartedInto) {
  const auto refusal = [&](const std::string& text) {
    return Refusal([&] { ReadCategories(Write(text)); });
  };
  EXPECT_THAT(refusal("plum\tfruit\npear\tfruit\n"), HasSubstr("of the category 'fruit'"));
  EXPECT_THAT(refusal("plum\tfruit\noak\ttree\n"), HasSubstr("no two of its words"));
  EXPECT_THAT(refusal("plum\tfruit\noak\n"), HasSubstr("line 2 is not a word and its category"));
  EXPECT_THAT(refusal("plum\tfruit\noak\t\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal("a b c\n"), HasSubstr("line 1"));
  EXPECT_THAT(refusal(": capitals\nparis france\n"), HasSubstr("line 1"));
}

TEST_F(QuestionFiles, KnowOddOnesByTheirPlaceInTheLine) {
  const auto questions = ReadOddOneOut(Write("# odd\ncat dog  saw\n\nred green\tblue seven\r\n"));
  ASSERT_THAT(questions, SizeIs(2));
  EXPECT_THAT(questions[0].words, ElementsAre("cat", "dog", "saw"));
  EXPECT_THAT(questions[1].words, ElementsAre("red", "green", "blue", "seven"));
}

TEST_F(QuestionFiles, KnowOddOnesBehindAnEmptyLine) {
  const auto questions = ReadOddOneOut(
      Write("\n# gods\nZeus\nHera\n# a comment parts nothing\nAres\n\nRome\nwrath\n\n\n"
            "cat\ndog\n\nsaw"));
  ASSERT_THAT(questions, SizeIs(3));
  EXPECT_THAT(questions[0].words, ElementsAre("Zeus", "Hera", "Ares", "Rome"));
  EXPECT_THAT(questions[1].words, ElementsAre("Zeus", "Hera", "Ares", "wrath"));
  EXPECT_THAT(questions[2].words, ElementsAre("cat", "dog", "saw"));
}

TEST_F(QuestionFiles, NameWhatIsNoOddOneOut) {
  const auto refusal = [&](const std::string& text) {
    return Refusal([&] { ReadOddOneOut(Write(text)); });
  };
  EXPECT_THAT(refusal("cat dog saw\ncat dog\n"), HasSubstr("line 2 has 2 words"));
  EXPECT_THAT(refusal("cat dog saw\ncat\n"), HasSubstr("line 2 has 1 word;"));
  EXPECT_THAT(refusal("cat\ndog\n\nsaw\ncat dog saw\n"),
              HasSubstr("line 5 has 3 words, and those before have one"));
  EXPECT_THAT(refusal("cat\ndog\nsaw\n"), HasSubstr("an empty line"));
  EXPECT_THAT(refusal("cat\ndog\n\nsaw\n\naxe\n"), HasSubstr("an empty line"));
  EXPECT_THAT(refusal("cat\n\nsaw\n"), HasSubstr("'cat' stands alone"));
  // A list of words in two parts of some length would fill the memory.
  std::string list;
  for (int i = 0; i < 2001; ++i) list += i == 1000 ? "word\n\n" : "word\n";
  EXPECT_THAT(refusal(list), HasSubstr("questions of more than 1000000 words in all"));
  // And one in many such parts.
  list.clear();
  for (int part = 0; part < 12; ++part) {
    for (int i = 0; i < 600; ++i) list += i % 300 == 299 ? "word\n\n" : "word\n";
  }
  EXPECT_THAT(refusal(list), HasSubstr("questions of more than 1000000 words in all"));
}

TEST_F(QuestionFiles, AreToldApart) {
  const auto kind = [&](const std::string& text) { return ReadQuestionSet(Write(text)).index(); };
  EXPECT_EQ(kind("a b c d\n"), 0u);
  EXPECT_EQ(kind("a b 1\n"), 1u);
  EXPECT_EQ(kind("cat\tanimal\ndog\tanimal\noak\ttree\n"), 2u);
  EXPECT_EQ(kind("a b c d e\nf g h i j\n"), 3u);
  EXPECT_EQ(kind("a\nb\n\nc\n"), 3u);
  const auto refusal = [&](const std::string& text) {
    return Refusal([&] { ReadQuestionSet(Write(text)); });
  };
  EXPECT_THAT(refusal("She read a book.\nThey went to the library again.\n"),
              HasSubstr("line 2 has another number of words"));
  EXPECT_THAT(refusal(": capitals\nparis france\nrome italy\n"),
              HasSubstr("as words and categories"));
  EXPECT_THAT(refusal("the 1001\nof 700\nand 700\n"), HasSubstr("a number for a category"));
  EXPECT_THAT(refusal("She read a good book.\n"), HasSubstr("may be any text"));
  // Judged pairs, one of which is not; or all, for a decimal comma.
  EXPECT_THAT(refusal("a b 5\nc d 6\ne f x\n"),
              AllOf(HasSubstr("line 3 has a third field that is no finite number"),
                    HasSubstr("line 1 ends with a number, as judged pairs do")));
  EXPECT_THAT(refusal("a\tb\tx\nc\td\ty\ne\tf\t6\n"), HasSubstr("line 3 ends with a number"));
  EXPECT_THAT(refusal("a\tb\t7,1\nc\td\t6,5\n"), HasSubstr("line 1 ends with a number"));
  EXPECT_THAT(refusal(": a section\n"), HasSubstr("is a section's"));
  EXPECT_THAT(refusal("# nothing\n"), HasSubstr("it holds neither"));
}

TEST_F(QuestionFiles, MayHaveNumbersForOddOnesWhenTheirKindIsSaid) {
  EXPECT_THAT(ReadOddOneOut(Write("cat dog 5\nred green 7,1\n")), SizeIs(2));
}

TEST_F(QuestionFiles, AreNoDictionaryOfManyThousandCategories) {
  std::string text;
  for (int word = 0; word < 2000; ++word) {
    text += "word" + std::to_string(word) + "\tsense" + std::to_string(word / 2) + '\n';
  }
  EXPECT_EQ(ReadQuestionSet(Write(text)).index(), 2u);
  text += "more\tmeaning\n";
  EXPECT_THAT(Refusal([&] { ReadQuestionSet(Write(text)); }),
              HasSubstr("line 2001 begins another category, after 1000"));
  EXPECT_THAT(ReadCategories(Write(text)), SizeIs(2001));
}

}  // namespace
}  // namespace wordkin::query
