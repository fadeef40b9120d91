// Formats of a matrix whose words lie in another file: npy, safetensors, projector-tsv.

#include <gmock/gmock.h>

#include "common/formats/npy_file.h"
#include "common/formats/safetensors_vectors.h"
#include "tests/unit/common/formats/format_fixture.h"
#include "tests/unit/common/formats/safetensors_bytes.h"
#include "tests/unit/common/text/compressed.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class MatrixFormats : public FormatTest {
 protected:
  void SetUp() override {
    FormatTest::SetUp();
    MakeFile("content.words", "king\nnew york\n");
  }

  static std::string Npy(const std::string& type, const std::string& shape, std::string_view data,
                         const std::string& order = "False") {
    std::string header =
        "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': (" + shape + "), }\n";
    std::string bytes("\x93NUMPY\x01\0", 8);
    bytes += static_cast<char>(header.size());
    bytes += '\0';
    return bytes.append(header).append(data);
  }

  std::string NpyRefusal(const std::string& type, const std::string& shape, std::string_view data) {
    return Refusal("npy", Npy(type, shape, data));
  }

  const std::string four_ = BytesOf({1, 2.5, -3, 0});
};

TEST_F(MatrixFormats, ReadFloatsOfAnyWidth) {
  const std::string doubles = [] {
    const double values[] = {1, 2.5, -3, 0};
    return std::string(reinterpret_cast<const char*>(values), sizeof(values));
  }();
  const std::string halves("\x00\x3C\x00\x41\x00\xC2\x00\x00", 8);
  for (const auto& [format, content] : std::vector<std::pair<std::string, std::string>>{
           {"npy", Npy("<f4", "2, 2", four_)},
           {"npy", Npy("<f8", "2, 2", doubles)},
           {"npy", Npy("<f2", "2,2,", halves)},
           {"npy", Gzip(Npy("<f4", "2, 2", four_))},
           {"safetensors", SafetensorsBytes({{"m", "F32", {2, 2}, four_}})},
           {"safetensors", SafetensorsBytes({{"m", "F64", {2, 2}, doubles}})},
           {"safetensors",
            SafetensorsBytes({{"b", "F32", {1}, "abcd"}, {"m", "F16", {2, 2}, halves}})},
           {"projector-tsv", "1\t2.5\n-3\t0\n"}}) {
    if (format == "projector-tsv") MakeFile("content.metadata.tsv", "king\r\nnew york\r\n");
    const auto rows = RowsOf(Read(format, content));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].word, "king");
    EXPECT_EQ(rows[1].word, "new york");
    EXPECT_THAT(rows[0].values, ElementsAre(1.0f, 2.5f));
    EXPECT_THAT(rows[1].values, ElementsAre(-3.0f, 0.0f));
  }
}

TEST_F(MatrixFormats, FindTheirWordsBesideOrWhereTheyAreTold) {
  const std::string path = MakeFile("v.npy", Npy("<f4", "2, 2", four_));
  try {
    ReadPath("npy", path);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr("none of '" + PathOf("v.words")));
  }
  MakeFile("v.txt", "c\nd");
  EXPECT_EQ(RowsOf(ReadPath("npy", path))[1].word, "d");
  MakeFile("v.words.gz", Gzip("e\nf"));
  EXPECT_EQ(RowsOf(ReadPath("npy", path))[1].word, "f");
  options_.words_path = MakeFile("named", "g\nh");
  EXPECT_EQ(RowsOf(ReadPath("npy", path))[1].word, "h");
}

TEST_F(MatrixFormats, TakeCountsWhereEveryWordHasOne) {
  MakeFile("content.words", "king 12\nnew york\t3\n");
  const EmbeddingTable table = Read("npy", Npy("<f4", "2, 2", four_));
  EXPECT_EQ(table.vocabulary.Word(1), "new york");
  EXPECT_EQ(table.vocabulary.Count(0), 12u);
  MakeFile("content.words", "king 12\nqueen\n");
  EXPECT_EQ(RowsOf(Read("npy", Npy("<f4", "2, 2", four_)))[0].word, "king 12");
}

TEST_F(MatrixFormats, OfTheProjectorHaveAHeadingOnlyAboveSeveralColumns) {
  MakeFile("content.metadata.tsv", "word\tcount\nking\t5\nqueen\t3\n");
  const auto rows = RowsOf(Read("projector-tsv", "1\t2\n3\t4\n"));
  EXPECT_EQ(rows[0].word, "king");
  EXPECT_EQ(rows[1].word, "queen");
  MakeFile("content.metadata.tsv", "word\nking\nqueen\n");
  EXPECT_THAT(Refusal("projector-tsv", "1\t2\n3\t4\n"),
              HasSubstr("line 3: there are 2 rows, and 3 words"));
  MakeFile("vectors.tsv", "1\t2\n3\t4\n");
  MakeFile("metadata.tsv", "a\nb\n");
  EXPECT_EQ(RowsOf(ReadPath("projector-tsv", PathOf("vectors.tsv")))[1].word, "b");
}

TEST_F(MatrixFormats, RefuseAnotherNumberOfWordsThanRows) {
  MakeFile("content.words", "king\n");
  const std::string npy = Npy("<f4", "2, 2", four_);
  EXPECT_THAT(Refusal("npy", npy), HasSubstr("there are 2 rows, and 1 words in"));
  EXPECT_THAT(WordsLeft("npy", npy), ElementsAre("king"));
  EXPECT_THAT(skipped_.mended_count, HasSubstr("1 words"));
  MakeFile("content.words", "king\nqueen\nman\n");
  EXPECT_THAT(Refusal("npy", npy), HasSubstr("3 words"));
  EXPECT_THAT(WordsLeft("npy", npy), ElementsAre("king", "queen"));
}

TEST_F(MatrixFormats, RefuseOrLeaveOutRowsThatAreWrong) {
  MakeFile("content.words", "a\nb\na\n\nc\xFF\nd\n");
  const std::string npy =
      Npy("<f4", "6, 1", BytesOf({1, std::numeric_limits<float>::infinity(), 3, 4, 5, 6}));
  EXPECT_THAT(Refusal("npy", npy), HasSubstr("row 2: a value is not a finite float32 value"));
  EXPECT_THAT(WordsLeft("npy", npy), ElementsAre("a", "d"));
  EXPECT_EQ(skipped_.total(), 4u);
  EXPECT_THAT(skipped_.Of(RowFault::kRepeatedWord).first, HasSubstr("line 3: the word 'a'"));
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).count, 2u);
  const double large = 1e39;
  MakeFile("content.words", "a\n");
  EXPECT_THAT(NpyRefusal("<f8", "1, 1", {reinterpret_cast<const char*>(&large), 8}),
              HasSubstr("not a finite float32"));
}

TEST_F(MatrixFormats, OfTheProjectorKeepWordsBesideTheirRowsWhenOneIsLeftOut) {
  MakeFile("content.metadata.tsv", "a\nb\nc\nd\ne\n");
  const std::string values = "1\t2\t3\n4\n5\t6\t7\nx\t6\t7\n8\t9\t0\n";
  EXPECT_THAT(WordsLeft("projector-tsv", values), ElementsAre("a", "c", "e"));
  EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).first,
            "line 2: it has 1 values where the first line has 3");
  options_.on_fault = FaultPolicy::kSkip;
  EXPECT_THAT(RowsOf(Read("projector-tsv", values))[2].values, ElementsAre(8.0f, 9.0f, 0.0f));
  MakeFile("content.metadata.tsv", "a\nb\nc\nd\n");
  EXPECT_THAT(WordsLeft("projector-tsv", values), ElementsAre("a", "c"));
  EXPECT_THAT(skipped_.mended_count, HasSubstr("there are 5 rows, and 4 words"));
}

TEST_F(MatrixFormats, LieByFallingCountsWhateverTheOrderOfTheList) {
  const std::string npy = Npy("<f4", "4, 1", four_);
  MakeFile("content.words", "a 1\nb 5\nc 9\nd 5\n");
  const EmbeddingTable table = Read("npy", npy);
  const auto rows = RowsOf(table);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].word + rows[1].word + rows[2].word + rows[3].word, "cbda");
  EXPECT_THAT(rows[0].values, ElementsAre(-3.0f));
  EXPECT_THAT(rows[1].values, ElementsAre(2.5f));
  EXPECT_THAT(rows[2].values, ElementsAre(0.0f));
  EXPECT_THAT(rows[3].values, ElementsAre(1.0f));
  EXPECT_EQ(table.vocabulary.Count(0), 9u);
  EXPECT_EQ(table.vocabulary.Count(3), 1u);
  MakeFile("content.words", "a 1\nb 5\na 9\nd 5\n");
  EXPECT_THAT(Refusal("npy", npy), HasSubstr("line 3: the word 'a' was already at line 1"));
  EXPECT_THAT(WordsLeft("npy", npy), ElementsAre("b", "d", "a"));
}

TEST_F(MatrixFormats, NameTheFileThatIsAtFaultWhenNoRowIsLeft) {
  options_.on_fault = FaultPolicy::kSkip;
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(Refusal("npy", Npy("<f4", "2, 1", BytesOf({kInfinity, kInfinity}))),
              HasSubstr("content': no row of it is sound"));
  MakeFile("content.words", "\xFF\n\n");
  EXPECT_THAT(Refusal("npy", Npy("<f4", "2, 1", BytesOf({1, 2}))),
              HasSubstr("content.words': no row of it is sound"));
}

TEST_F(MatrixFormats, TakeNoWordOrCountForARowWithoutWord) {
  MakeFile("content.words", "a 5\nb 3\n");
  options_.on_fault = FaultPolicy::kSkip;
  const EmbeddingTable table = Read("npy", Npy("<f4", "4, 1", four_));
  ASSERT_EQ(table.vocabulary.size(), 2u);
  EXPECT_EQ(table.vocabulary.Count(1), 3u);
}

TEST_F(MatrixFormats, RefuseNpyHeadersThatCannotBe) {
  for (const std::string shape :
       {"2147483648, 2", "4611686018427387904, 1", "4611686018427387904, 4",
        "18446744073709551616, 1", "-2, 2", "2, 3", "1, 2", "4611686018427387904, 0", "0, 2", "2 2",
        "2.0, 2", "4", ""}) {
    const std::string data = shape.ends_with(" 0") || shape == "0, 2" ? "" : four_;
    EXPECT_NE(NpyRefusal("<f4", shape, data), "") << shape;
  }
  for (const std::string type : {">f4", "<i4", "|O", "", "<c8"}) {
    EXPECT_NE(NpyRefusal(type, "2, 2", four_), "") << type;
  }
  EXPECT_THAT(Refusal("npy", Npy("<f4", "2, 2", four_, "True")), HasSubstr("column by column"));
  EXPECT_THAT(NpyRefusal("<f4", "2, 2, 1", four_), HasSubstr("not that of a row for each word"));
  const std::string whole = Npy("<f4", "2, 2", four_);
  for (std::size_t size = 6; size < whole.size(); ++size) {
    EXPECT_NE(Refusal("npy", whole.substr(0, size)), "") << size;
  }
  EXPECT_NE(Refusal("npy", whole + "x"), "");
}

TEST_F(MatrixFormats, NameTheTensorsThereAreToChooseFrom) {
  const std::string two = SafetensorsBytes(
      {{"first", "F32", {2, 2}, four_}, {"second", "F32", {2, 2}, BytesOf({5, 6, 7, 8})}});
  EXPECT_THAT(Refusal("safetensors", two), HasSubstr("'first', 'second'"));
  options_.tensor_name = "second";
  EXPECT_THAT(RowsOf(Read("safetensors", two))[0].values, ElementsAre(5.0f, 6.0f));
  options_.tensor_name = "third";
  EXPECT_THROW(Read("safetensors", two), Error);
  options_.tensor_name = "";
  EXPECT_THAT(Refusal("safetensors", SafetensorsBytes({{"i", "I32", {2, 2}, four_}})),
              HasSubstr("none of its tensors is a matrix of floats"));
  EXPECT_THAT(Refusal("safetensors", SafetensorsBytes({{"m", "F32", {4, 0}, ""}})),
              HasSubstr("holds nothing"));
}

TEST_F(MatrixFormats, AreWrittenWithTheirWordsBeside) {
  const std::vector<Row> rows = {{"king", {1, 2}}, {"new york", {3, 4}}};
  EXPECT_EQ(Written("projector-tsv", rows), "1\t2\n3\t4\n");
  EXPECT_EQ(ReadFile(PathOf("written.metadata.tsv")), "king\nnew york\n");
  EXPECT_TRUE(Written("npy", rows).ends_with(BytesOf({1, 2, 3, 4})));
  EXPECT_EQ(ReadFile(PathOf("written.words")), "king\nnew york\n");
  std::filesystem::remove(PathOf("written.words"));
  Written("safetensors", rows);
  EXPECT_EQ(RowsOf(ReadPath("safetensors", PathOf("written")))[1].word, "new york");
  EXPECT_THROW(Written("npy", {{"a\nb", {1}}}), Error);
  EXPECT_EQ(WordsBesideNpy("a.b/v.npy.gz"), "a.b/v.words");
  EXPECT_EQ(WordsBesideNpy("v.words"), "v.words.words");
  EXPECT_EQ(WordsBesideNpy("a/.npy"), "a/.npy.words");
}

// Where each word ends in a number, all would read as words and their counts.
TEST_F(MatrixFormats, AreWrittenWithWordsThatReadBackAsTheyAre) {
  const std::vector<std::vector<std::string>> lists = {{"boeing 747", "route 66", "fahrenheit 451"},
                                                       {"chapter 1", "chapter 2"},
                                                       {"route 66", "road"},
                                                       {"\uFEFFking", "\uFEFFqueen"},
                                                       {"\uFEFF", "\uFEFF\uFEFF"}};
  for (const std::string format : {"npy", "safetensors", "projector-tsv"}) {
    for (const std::vector<std::string>& words : lists) {
      std::vector<Row> rows;
      for (const std::string& word : words) rows.push_back({word, {1, 2}});
      Written(format, rows);
      const std::vector<Row> read = RowsOf(ReadPath(format, PathOf("written")));
      ASSERT_EQ(read.size(), words.size());
      for (std::size_t row = 0; row < words.size(); ++row) EXPECT_EQ(read[row].word, words[row]);
    }
  }
  Written("npy", {{"boeing 747", {1}}, {"route 66", {2}}});
  EXPECT_EQ(ReadFile(PathOf("written.words")), "boeing 747\t0\nroute 66\t0\n");
  Written("projector-tsv", {{"boeing 747", {1}}, {"route 66", {2}}});
  EXPECT_EQ(ReadFile(PathOf("written.metadata.tsv")), "boeing 747\nroute 66\n");
}

}  // namespace
}  // namespace wordkin
