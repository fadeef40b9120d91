// Small files that other programs wrote (formats/make_formats.py), read exactly as they were meant.

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "common/formats/vector_format.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

std::string PathOfForeign(const std::string& name) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/formats/" + name;
}

EmbeddingTable ReadForeign(const std::string& name, const ReadOptions& options = {}) {
  const VectorFile file(PathOfForeign(name));
  SkippedRows skipped;
  return RecognizeVectorFormat(file).read(file, options, skipped);
}

struct ExpectedRow {
  std::string word;
  std::vector<float> values;
};

std::vector<ExpectedRow> ExpectedRows() {
  std::vector<ExpectedRow> rows;
  std::ifstream file(PathOfForeign("expected"));
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    fields >> rows.emplace_back().word;
    for (std::string value; fields >> value;) rows.back().values.push_back(std::stof(value));
  }
  return rows;
}

TEST(ForeignGolden, IsReadToTheLastBit) {
  const std::vector<ExpectedRow> expected = ExpectedRows();
  ASSERT_EQ(expected.size(), 6u);
  for (const std::string name : {"gensim.txt", "gensim.txt.gz", "gensim.bin", "gensim.glove",
                                 "numpy_f4.npy", "numpy_f8.npy"}) {
    const EmbeddingTable table = ReadForeign(name);
    ASSERT_EQ(table.vocabulary.size(), expected.size()) << name;
    for (WordId id = 0; id < expected.size(); ++id) {
      EXPECT_EQ(table.vocabulary.Word(id), expected[id].word) << name;
      EXPECT_THAT(table.rows.Row(id), testing::ElementsAreArray(expected[id].values)) << name;
    }
  }
}

TEST(ForeignGolden, OfFastTextHasTheSameWordsAndVectorsInBothItsFiles) {
  const EmbeddingTable printed = ReadForeign("fasttext.vec");
  const EmbeddingTable model = ReadForeign("fasttext.bin");
  ASSERT_EQ(printed.vocabulary.size(), 301u);
  ASSERT_EQ(model.vocabulary.size(), 301u);
  for (WordId id = 0; id < 301; ++id) {
    EXPECT_EQ(printed.vocabulary.Word(id), model.vocabulary.Word(id));
    for (std::size_t i = 0; i < 2; ++i) {
      // Five digits are printed.
      EXPECT_NEAR(printed.rows.Row(id)[i], model.rows.Row(id)[i],
                  std::fabs(model.rows.Row(id)[i]) * 1e-4);
    }
  }
}

TEST(ForeignGolden, ThatHasNoVectorsForUsIsRefusedInWords) {
  for (const auto& [name, words] : std::vector<std::pair<std::string, std::string>>{
           {"supervised.bin", "a supervised model of fastText, a classifier"},
           {"supervised.ftz", "a supervised model of fastText, a classifier"},
           {"numpy_by_columns.npy", "it lies column by column"}}) {
    try {
      ReadForeign(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
      EXPECT_THAT(error.what(), HasSubstr(words));
    }
  }
}

}  // namespace
}  // namespace wordkin
