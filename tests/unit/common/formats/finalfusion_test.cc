#include "common/formats/finalfusion.h"

#include <gmock/gmock.h>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kFinalfusion = "finalfusion";

class FinalfusionTest : public FormatTest {
 protected:
  template <typename Value>
  static std::string Bytes(Value value) {
    return {reinterpret_cast<const char*>(&value), sizeof(value)};
  }
  static std::string Part(std::uint32_t kind, const std::string& content) {
    return Bytes(kind) + Bytes(std::uint64_t{content.size()}) + content;
  }
  static std::string Header(std::uint32_t version = 0) {
    return "FiFu" + Bytes(version) + Bytes(std::uint32_t{2}) + Bytes(std::uint32_t{1}) +
           Bytes(std::uint32_t{2});
  }
  static std::string Words(const std::vector<std::string>& words, std::uint64_t count) {
    std::string content = Bytes(count);
    for (const std::string& word : words) {
      content += Bytes(static_cast<std::uint32_t>(word.size())) + word;
    }
    return Part(1, content);
  }
  static std::string Words(const std::vector<std::string>& words) {
    return Words(words, words.size());
  }
  static std::string Matrix(std::uint64_t rows, std::uint32_t columns, const std::string& values,
                            std::uint32_t type = 10, std::size_t padding = 4) {
    return Part(2,
                Bytes(rows) + Bytes(columns) + Bytes(type) + std::string(padding, '\0') + values);
  }
  static std::string Norms(const std::vector<float>& norms) {
    return Part(
        6, Bytes(std::uint64_t{norms.size()}) + Bytes(std::uint32_t{10}) + "\0\0" + BytesOf(norms));
  }

  const std::string words_ = Words({"king", "new york"});
  const std::string matrix_ = Matrix(2, 2, BytesOf({1, 2, 3, 4}));
};

TEST_F(FinalfusionTest, ReadsRowsAndMultipliesThemByTheirLengths) {
  for (const std::size_t padding : {0, 1, 2, 3, 4}) {
    const auto rows =
        RowsOf(Read(kFinalfusion, Header() + Part(5, "a = 1") + words_ +
                                      Matrix(2, 2, BytesOf({1, 2, 3, 4}), 10, padding)));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].word, "new york");
    EXPECT_THAT(rows[1].values, ElementsAre(3.0f, 4.0f));
  }
  const auto rows = RowsOf(Read(kFinalfusion, Header() + words_ + matrix_ + Norms({2, 0.5})));
  EXPECT_THAT(rows[0].values, ElementsAre(2.0f, 4.0f));
  EXPECT_THAT(rows[1].values, ElementsAre(1.5f, 2.0f));
}

// The original's programs put four bytes of padding where none is needed, and look for them.
TEST_F(FinalfusionTest, PadsAsTheOriginalDoes) {
  for (const std::string word : {"a", "ab", "abc", "abcd"}) {
    const std::string bytes = Written(kFinalfusion, {{word, {3, 4}}});
    const std::size_t matrix_at = 24 + 12 + 8 + 4 + word.size();
    const std::size_t padding = 4 - (matrix_at + 4) % 4;
    EXPECT_EQ(bytes.substr(matrix_at, 4), Bytes(std::uint32_t{2}));
    EXPECT_EQ(bytes.substr(matrix_at + 4 + 8 + 16 + padding, 8), BytesOf({0.6f, 0.8f}));
    EXPECT_EQ(bytes.substr(bytes.size() - 4), BytesOf({5}));
    const auto rows = RowsOf(ReadPath(kFinalfusion, PathOf("written")));
    EXPECT_EQ(rows[0].word, word);
    EXPECT_THAT(rows[0].values, ElementsAre(testing::FloatEq(3), testing::FloatEq(4)));
  }
}

TEST_F(FinalfusionTest, KeepsZeroRowsAndRefusesRowsTooLong) {
  Written(kFinalfusion, {{"zero", {0, 0}}, {"small", {1e-40f, 0}}});
  EXPECT_THAT(RowsOf(ReadPath(kFinalfusion, PathOf("written")))[0].values, ElementsAre(0, 0));
  EXPECT_THROW(Written(kFinalfusion, {{"long", {3e38f, 3e38f}}}), Error);
}

TEST_F(FinalfusionTest, RefusesSubwordsAndQuantisedMatricesInWords) {
  for (const std::uint32_t kind : {3, 7, 8, 9}) {
    EXPECT_THAT(Refusal(kFinalfusion, Header() + Part(kind, "....") + matrix_),
                HasSubstr("vocabulary has subwords"));
  }
  EXPECT_THAT(Refusal(kFinalfusion, Header() + words_ + Part(4, "....")),
              HasSubstr("matrix is quantised"));
  EXPECT_THAT(Refusal(kFinalfusion, Header() + Part(77, "")), HasSubstr("unknown kind 77"));
  EXPECT_THAT(Refusal(kFinalfusion, Header(1) + words_ + matrix_), HasSubstr("version 1"));
}

TEST_F(FinalfusionTest, RefusesPartsThatCannotBe) {
  const std::string four = BytesOf({1, 2, 3, 4});
  for (const auto& [rows, columns] : std::vector<std::pair<std::uint64_t, std::uint32_t>>{
           {2147483648, 2},
           {std::uint64_t{1} << 62, 4},
           {std::uint64_t{1} << 62, 1},
           {0, 2},
           {2, 0},
           {3, 2},
           {1, 2},
           {~std::uint64_t{0}, ~std::uint32_t{0}}}) {
    EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + Matrix(rows, columns, four)), "") << rows;
  }
  for (const std::uint64_t count : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{3},
                                    std::uint64_t{1} << 31, ~std::uint64_t{0}}) {
    EXPECT_NE(Refusal(kFinalfusion, Header() + Words({"a", "b"}, count) + matrix_), "") << count;
  }
  EXPECT_THAT(Refusal(kFinalfusion, Header() + words_ + Matrix(2, 0, four)),
              HasSubstr("a matrix of 2 x 0 values can hold no vectors"));
  EXPECT_THAT(Refusal(kFinalfusion, Header() + words_ + Matrix(2, 2, four, 11)),
              HasSubstr("values of the type 11; only float32 (10) is known"));
  EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + Matrix(2, 2, four, 10, 5)), "");
  EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + matrix_ + Norms({1})), "");
  EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + Norms({1, 1}) + matrix_), "");
  EXPECT_THAT(Refusal(kFinalfusion, Header() + words_ + matrix_ + Norms({2, 2}) + Norms({2, 2})),
              HasSubstr("a second time"));
  EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + words_ + matrix_), "");
  EXPECT_NE(Refusal(kFinalfusion, Header() + words_ + matrix_ + matrix_), "");
  EXPECT_THAT(Refusal(kFinalfusion, Header() + matrix_), HasSubstr("no vocabulary"));
  const std::string whole = Header() + words_ + matrix_ + Norms({1, 1});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    if (size == Header().size() + words_.size() + matrix_.size()) continue;  // without lengths
    EXPECT_NE(Refusal(kFinalfusion, whole.substr(0, size)), "") << size;
  }
}

TEST_F(FinalfusionTest, RefusesOrLeavesOutRowsThatAreWrong) {
  const std::string bytes = Header() + Words({"a", "a", "", "b\xFF", "c", "d"}) +
                            Matrix(6, 1, BytesOf({1, 2, 3, 4, NAN, 6}));
  EXPECT_THAT(Refusal(kFinalfusion, bytes), HasSubstr("the word is missing"));
  EXPECT_THAT(WordsLeft(kFinalfusion, bytes), ElementsAre("a", "d"));
  EXPECT_EQ(skipped_.total(), 4u);
  EXPECT_EQ(skipped_.Of(RowFault::kBadValue).count, 1u);
  const std::string few = Header() + words_ + Matrix(1, 1, BytesOf({1}));
  EXPECT_THAT(Refusal(kFinalfusion, few), HasSubstr("1 rows for 2 words"));
  EXPECT_THAT(WordsLeft(kFinalfusion, few), ElementsAre("king"));
}

}  // namespace
}  // namespace wordkin
