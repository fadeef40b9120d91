#include "common/formats/fasttext_bin.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>

#include "common/store/read_table.h"
#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

// Where the fields of subwords.bin begin.
constexpr std::size_t kVersionAt = 4, kDimensionAt = 8, kLossAt = 32, kModelAt = 36,
                      kBucketsAt = 40, kMinimumAt = 44, kMaximumAt = 48, kSubsampleAt = 56,
                      kEntriesAt = 64, kWordsAt = 68, kLabelsAt = 72, kTokensAt = 76,
                      kPrunedAt = 84, kFirstWordAt = 92;

// Models that fasttext 0.9.2 of Debian 12 trained on tests/golden/fasttext/text.txt, six times
// over:
//   subwords.bin  skipgram -dim 4 -bucket 50 -minn 2 -maxn 4 -minCount 7 -epoch 5 -t 0.5
//   plain.bin     cbow -dim 4 -maxn 0 -minCount 7 -epoch 5 -t 0.5 -loss hs
class FastTextBinary : public FormatTest {
 protected:
  static std::string Golden(const std::string& name) {
    return std::string(WORDKIN_GOLDEN_FOLDER) + "/fasttext/" + name;
  }

  // The path of a store of 'table'.
  std::string Stored(const EmbeddingTable& table, Precision precision) const {
    AtomicFile file(PathOf("table.kin"));
    WriteStore(file, table, {.precision = precision});
    return PathOf("table.kin");
  }

  std::string WrittenBack(const EmbeddingTable& table, Precision precision) const {
    const EmbeddingStore store(Stored(table, precision));
    BufferedOutput output(PathOf("back.bin"));
    WriteFastTextBinary(output, store, table.settings);
    return ReadFile(PathOf("back.bin"));
  }

  // How subwords.bin is refused once 'value' stands at 'offset'.
  template <typename Value>
  std::string RefusalWith(std::size_t offset, Value value) {
    std::string bytes = ReadFile(Golden("subwords.bin"));
    std::memcpy(bytes.data() + offset, &value, sizeof(value));
    return Refusal("fasttext-bin", bytes);
  }
};

// Hierarchical softmax has the lighter child for a hit here, as word2vec, and the heavier one
// there.
TEST_F(FastTextBinary, TurnsTheSignOfOutputRowsOfHierarchicalSoftmaxOnly) {
  for (const auto& [name, sign] : {std::pair{"subwords.bin", 1.0f}, {"plain.bin", -1.0f}}) {
    const std::string bytes = ReadFile(Golden(name));
    const EmbeddingTable table = ReadPath("fasttext-bin", Golden(name));
    const AlignedMatrix& outputs = table.output_rows;
    float first = 0;
    const std::size_t matrix_bytes = outputs.row_count() * outputs.dimension() * sizeof(first);
    std::memcpy(&first, bytes.data() + bytes.size() - matrix_bytes, sizeof(first));
    EXPECT_NE(first, 0) << name;
    EXPECT_EQ(outputs.Row(0)[0], sign * first) << name;
  }
}

TEST_F(FastTextBinary, GivesTheSameBytesBackFromFloatRows) {
  for (const std::string name : {"subwords.bin", "plain.bin"}) {
    const EmbeddingTable table = ReadPath("fasttext-bin", Golden(name));
    EXPECT_EQ(WrittenBack(table, Precision::kFloat32), ReadFile(Golden(name))) << name;
  }
}

// As `fasttext print-word-vectors` printed them: three words of the model, one unseen, one without
// n-grams.
TEST_F(FastTextBinary, GivesTheVectorsThatFastTextGives) {
  const std::pair<std::string, std::vector<float>> printed[] = {
      {"river", {0.083008f, 1.7437f, -0.43656f, -1.3288f}},
      {"mill", {-0.36725f, 1.6447f, -0.42471f, -1.1675f}},
      {"M\u00FChlen", {-0.53106f, 1.5545f, -0.10478f, -0.99935f}},
      {"unseen", {-0.82705f, 1.7285f, -0.040915f, -0.89599f}},
      {"</s>", {0.24812f, 1.1184f, 0.55978f, -0.70634f}},
  };
  const EmbeddingStore store(
      Stored(ReadPath("fasttext-bin", Golden("subwords.bin")), Precision::kFloat32));
  std::vector<float> row(4);
  for (const auto& [word, expected] : printed) {
    if (const auto id = store.Find(word)) {
      store.CopyRow(*id, row);
    } else {
      ASSERT_TRUE(store.CopyUnseenRow(word, row));
    }
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(row[i], expected[i], std::fabs(expected[i]) * 1e-4) << word;
    }
  }
}

TEST_F(FastTextBinary, KeepsWordsCountsAndSettings) {
  const EmbeddingTable table = ReadPath("fasttext-bin", Golden("subwords.bin"));
  ASSERT_EQ(table.vocabulary.size(), 23u);
  EXPECT_EQ(table.vocabulary.Word(0), "the");
  EXPECT_EQ(table.vocabulary.Count(0), 102u);
  EXPECT_EQ(table.vocabulary.Count(1), 60u);
  EXPECT_EQ(table.subwords->options, (SubwordOptions{SubwordHash::kFastText, 2, 4, 50, 1}));
  EXPECT_EQ(table.settings.at("min_count"), 7);
  EXPECT_EQ(table.settings.at("tokens"), 702);
  EXPECT_EQ(table.settings.at("subsample"), 0.5);
  EXPECT_EQ(ReadPath("fasttext-bin", Golden("plain.bin")).settings.at("loss"), 1);
  EXPECT_FALSE(ReadPath("fasttext-bin", Golden("plain.bin")).subwords);
}

// As gensim leaves them when it adds words to a trained model.
TEST_F(FastTextBinary, PutsWordsByFallingCountsButThoseOfHierarchicalSoftmax) {
  const auto with_rare_first_word = [](const std::string& name) {
    std::string bytes = ReadFile(Golden(name));
    const std::int64_t count = 1;
    std::memcpy(bytes.data() + bytes.find('\0', kFirstWordAt) + 1, &count, sizeof(count));
    return bytes;
  };
  const EmbeddingTable sound = ReadPath("fasttext-bin", Golden("subwords.bin"));
  const EmbeddingTable table = Read("fasttext-bin", with_rare_first_word("subwords.bin"));
  ASSERT_EQ(table.vocabulary.size(), 23u);
  for (WordId id = 0; id < 23; ++id) {
    const WordId earlier = (id + 1) % 23;
    EXPECT_EQ(table.vocabulary.Word(id), sound.vocabulary.Word(earlier));
    EXPECT_THAT(table.rows.Row(id), ElementsAreArray(sound.rows.Row(earlier)));
    EXPECT_THAT(table.word_rows.Row(id), ElementsAreArray(sound.word_rows.Row(earlier)));
    EXPECT_THAT(table.output_rows.Row(id), ElementsAreArray(sound.output_rows.Row(earlier)));
  }
  EXPECT_THAT(Refusal("fasttext-bin", with_rare_first_word("plain.bin")),
              HasSubstr("do not lie by falling counts"));
}

// A store of ours has no own rows, not every bucket, no output rows and rounded values.
TEST_F(FastTextBinary, WritesTheVectorsOfAStoreOfOurs) {
  EmbeddingTable table = ReadPath("fasttext-bin", Golden("subwords.bin"));
  table.word_rows = {};
  table.output_rows = {};
  table.settings = {};
  SubwordTable& subwords = *table.subwords;
  AlignedMatrix fewer(49, 4);
  for (std::size_t row = 0; row < 49; ++row) {
    std::copy_n(subwords.rows.Row(row < 20 ? row : row + 1).data(), 4, fewer.Row(row).data());
  }
  subwords.buckets.erase(subwords.buckets.begin() + 20);
  subwords.rows = std::move(fewer);
  const EmbeddingStore store(Stored(table, Precision::kTwoPlane));
  BufferedOutput output(PathOf("ours.bin"));
  WriteFastTextBinary(output, store, {});
  const EmbeddingTable read = ReadPath("fasttext-bin", PathOf("ours.bin"));
  std::vector<float> row(4);
  for (WordId id = 0; id < store.size(); ++id) {
    store.CopyRow(id, row);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(read.rows.Row(id)[i], row[i], 1e-5);
  }
  for (const float value : read.subwords->rows.Row(20)) EXPECT_EQ(value, 0);
}

TEST_F(FastTextBinary, IgnoresSettingsThatNoFieldHolds) {
  EmbeddingTable table = ReadPath("fasttext-bin", Golden("subwords.bin"));
  table.settings = {{"window", 1e300},   {"epochs", NAN},          {"tokens", -INFINITY},
                    {"negative", -1e10}, {"minimum_length", 60.0}, {"maximum_length", 0.0}};
  std::string expected = ReadFile(Golden("subwords.bin"));
  EXPECT_EQ(WrittenBack(table, Precision::kFloat32).size(), expected.size());
  EXPECT_EQ(ReadPath("fasttext-bin", PathOf("back.bin")).subwords->options,
            table.subwords->options);
}

TEST_F(FastTextBinary, RefusesSubwordsOfFloretInWords) {
  EmbeddingTable table = ReadPath("fasttext-bin", Golden("subwords.bin"));
  table.subwords->options.hash = SubwordHash::kFloret;
  try {
    WrittenBack(table, Precision::kFloat32);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("hashed as floret does"));
  }
}

TEST_F(FastTextBinary, IsRecognizedByItsMagic) {
  EXPECT_EQ(RecognizeVectorFormat(VectorFile(Golden("subwords.bin"))).name, "fasttext-bin");
  EXPECT_FALSE(LooksLikeFastTextBinary("\xBA\x16\x4F"));
}

TEST_F(FastTextBinary, RefusesModelsOfOtherKinds) {
  EXPECT_THAT(RefusalWith(0, 793712315), HasSubstr("does not begin as"));
  EXPECT_THAT(RefusalWith(kVersionAt, 13), HasSubstr("format 13; formats 11 and 12"));
  EXPECT_THAT(RefusalWith(kModelAt, 3), HasSubstr("a supervised model of fastText"));
  EXPECT_THAT(RefusalWith(kPrunedAt, std::int64_t{5}), HasSubstr("a pruned model"));
  EXPECT_THAT(RefusalWith(kLabelsAt, 1), HasSubstr("labels"));
  EXPECT_THAT(RefusalWith(kMaximumAt, 0), HasSubstr("n-grams of words have no place"));
  const std::string bytes = ReadFile(Golden("subwords.bin"));
  const std::size_t values = (23 + 50 + 23) * 4 * sizeof(float);
  EXPECT_THAT(RefusalWith(bytes.size() - values - 2 * 17, std::uint8_t{1}),
              HasSubstr("its input matrix is quantised (.ftz)"));
  EXPECT_THAT(RefusalWith(bytes.size() - 23 * 16 - 17, std::uint8_t{1}),
              HasSubstr("its output matrix is quantised"));
}

TEST_F(FastTextBinary, RefusesValuesThatCanNotBe) {
  EXPECT_THAT(RefusalWith(kDimensionAt, 0), HasSubstr("0 dimensions"));
  EXPECT_THAT(RefusalWith(kDimensionAt, -4), HasSubstr("-4 dimensions"));
  EXPECT_THAT(RefusalWith(kDimensionAt, 5), HasSubstr("input matrix is 73 x 4, not 73 x 5"));
  EXPECT_THAT(RefusalWith(kLossAt, 9), HasSubstr("model or loss"));
  EXPECT_THAT(RefusalWith(kModelAt, 0), HasSubstr("model or loss"));
  EXPECT_THAT(RefusalWith(kBucketsAt, 0), HasSubstr("in 0 buckets"));
  EXPECT_THAT(RefusalWith(kBucketsAt, -1), HasSubstr("can not be"));
  EXPECT_THAT(RefusalWith(kBucketsAt, 0x7FFFFFFF), HasSubstr("not 2147483670 x 4"));
  EXPECT_THAT(RefusalWith(kMinimumAt, 5), HasSubstr("n-grams of 5 to 4"));
  EXPECT_THAT(RefusalWith(kMaximumAt, 65), HasSubstr("n-grams of 2 to 65"));
  EXPECT_THAT(RefusalWith(kSubsampleAt, NAN + 0.0), HasSubstr("not finite"));
  EXPECT_THAT(RefusalWith(kEntriesAt, 24), HasSubstr("23 words among 24 entries"));
  EXPECT_THAT(RefusalWith(kTokensAt, std::int64_t{-1}), HasSubstr("-1 tokens"));
  EXPECT_THAT(RefusalWith(kFirstWordAt, '\xFF'), HasSubstr("not valid UTF-8"));
  EXPECT_THAT(RefusalWith(kFirstWordAt + 4, std::int64_t{-1}), HasSubstr("count is negative"));
  EXPECT_THAT(RefusalWith(kFirstWordAt + 12, std::uint8_t{1}), HasSubstr("no word"));
  EXPECT_THAT(RefusalWith(ReadFile(Golden("subwords.bin")).size() - 4, INFINITY),
              HasSubstr("not finite"));
}

TEST_F(FastTextBinary, RefusesFilesThatEndTooEarlyOrTooLate) {
  const std::string bytes = ReadFile(Golden("subwords.bin"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_NE(Refusal("fasttext-bin", bytes.substr(0, size)), "") << size;
  }
  EXPECT_THAT(Refusal("fasttext-bin", bytes + "x"), HasSubstr("goes on after its last matrix"));
}

// Two billion words and buckets that are not there cost neither memory nor time.
TEST_F(FastTextBinary, TakesNothingForWhatACraftedFileClaims) {
  std::string bytes = ReadFile(Golden("subwords.bin")).substr(0, 100);
  const std::int32_t many = 0x7FFFFFFF;
  std::memcpy(bytes.data() + kBucketsAt, &many, sizeof(many));
  std::memcpy(bytes.data() + kEntriesAt, &many, sizeof(many));
  std::memcpy(bytes.data() + kWordsAt, &many, sizeof(many));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(Refusal("fasttext-bin", bytes), HasSubstr("no room for its 2147483647 words"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace wordkin
