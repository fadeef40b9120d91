// Foreign formats give back every finite float32 bit for bit, and every word.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

#include "common/support/random.h"
#include "common/text/utf8.h"
#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

class FormatRoundTrip : public FormatTest {
 protected:
  void SetUp() override {
    FormatTest::SetUp();
    seed_ = std::random_device{}();
    RecordProperty("seed", std::to_string(seed_));
    std::cout << "seed " << seed_ << "\n";
  }

  static float AnyFiniteFloat(Random& random) {
    for (;;) {
      const float value = std::bit_cast<float>(random.Next32());
      if (std::isfinite(value)) return value;
    }
  }

  static std::string AnyWord(Random& random, std::size_t number) {
    // A number keeps words apart; the rest is any text without ASCII white space.
    std::string word = std::to_string(number) + "-";
    for (std::uint32_t length = random.Below(6); length > 0; --length) {
      const char32_t code_point = 0x21 + random.Below(random.Below(2) ? 0x10000 : 0x5E);
      if (code_point < 0xD800 || code_point > 0xDFFF) AppendUtf8(code_point, word);
    }
    return word;
  }

  static std::vector<Row> AnyRows(Random& random) {
    const std::size_t dimension = 1 + random.Below(40);
    std::vector<Row> rows(1 + random.Below(50));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      rows[row].word = AnyWord(random, row);
      for (std::size_t i = 0; i < dimension; ++i) {
        rows[row].values.push_back(AnyFiniteFloat(random));
      }
    }
    return rows;
  }

  std::uint64_t seed_ = 0;
};

TEST_F(FormatRoundTrip, ReadsBackWhatItWroteBitForBit) {
  for (std::uint64_t round = 0; round < 8; ++round) {
    Random random(MixSeeds(seed_, round));
    const std::vector<Row> rows = AnyRows(random);
    for (const VectorFormat& format : VectorFormats()) {
      const std::vector<Row> read = RowsOf(Read(format.name, Written(format.name, rows)));
      ASSERT_EQ(read.size(), rows.size());
      for (std::size_t row = 0; row < rows.size(); ++row) {
        ASSERT_EQ(read[row].word, rows[row].word);
        ASSERT_EQ(BytesOf(read[row].values), BytesOf(rows[row].values)) << format.name;
      }
    }
  }
}

TEST_F(FormatRoundTrip, RecognizesWhatItWrote) {
  for (std::uint64_t round = 0; round < 12; ++round) {
    Random random(MixSeeds(seed_, round));
    std::vector<Row> rows = AnyRows(random);
    // Trained vectors are of moderate size; some bit patterns of binary values are plain digits.
    for (Row& row : rows) {
      for (float& value : row.values) value = (random.NextFloat() - 0.5f) * 4;
    }
    for (const std::string_view name : {"word2vec-text", "word2vec-binary"}) {
      const std::string path = MakeFile("recognized", Written(name, rows));
      ASSERT_EQ(RecognizeVectorFormat(path).name, name);
    }
  }
}

}  // namespace
}  // namespace wordkin
