// Foreign formats give back every finite float32 bit for bit, and every word.

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <random>

#include "common/formats/decimal_float.h"
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

  std::vector<Row> ReadBack(const VectorFormat& format, const std::vector<Row>& rows) {
    Written(format.name, rows);
    return RowsOf(ReadPath(format.name, PathOf("written")));
  }

  // Trained vectors are of moderate size; some bit patterns of binary values are plain digits.
  static std::vector<Row> ModerateRows(Random& random) {
    std::vector<Row> rows = AnyRows(random);
    for (Row& row : rows) {
      for (float& value : row.values) value = (random.NextFloat() - 0.5f) * 4;
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
      if (format.name == "finalfusion") continue;  // keeps rows of length one, and lengths
      const std::vector<Row> read = ReadBack(format, rows);
      ASSERT_EQ(read.size(), rows.size());
      for (std::size_t row = 0; row < rows.size(); ++row) {
        ASSERT_EQ(read[row].word, rows[row].word);
        ASSERT_EQ(BytesOf(read[row].values), BytesOf(rows[row].values)) << format.name;
      }
    }
  }
}

TEST_F(FormatRoundTrip, KeepsRowsOfFinalfusionToTheirLastBits) {
  for (std::uint64_t round = 0; round < 8; ++round) {
    Random random(MixSeeds(seed_, round));
    const std::vector<Row> rows = ModerateRows(random);
    const std::vector<Row> read = ReadBack(*FindVectorFormat("finalfusion"), rows);
    ASSERT_EQ(read.size(), rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      ASSERT_EQ(read[row].word, rows[row].word);
      for (std::size_t i = 0; i < rows[row].values.size(); ++i) {
        ASSERT_NEAR(read[row].values[i], rows[row].values[i],
                    std::fabs(rows[row].values[i]) * 4e-7);
      }
    }
  }
}

TEST_F(FormatRoundTrip, RecognizesWhatItWrote) {
  for (std::uint64_t round = 0; round < 12; ++round) {
    Random random(MixSeeds(seed_, round));
    const std::vector<Row> rows = ModerateRows(random);
    if (rows.front().values.size() < 2) continue;  // a word and a number may be anything
    for (const VectorFormat& format : VectorFormats()) {
      if (format.name == "fasttext-vec") continue;  // word2vec-text by another name
      const std::string path = MakeFile("recognized", Written(format.name, rows));
      ASSERT_EQ(RecognizeVectorFormat(VectorFile(path)).name, format.name);
    }
  }
}

// Numbers as any program may print them are the float that the standard library reads.
TEST_F(FormatRoundTrip, ReadsNumbersAsTheStandardLibraryDoes) {
  Random random(seed_);
  std::array<char, 400> text;
  std::size_t read = 0;
  for (int round = 0; round < 400000; ++round) {
    const float value = AnyFiniteFloat(random);
    const double wide =
        std::bit_cast<double>(std::uint64_t{random.Next32()} << 32 | random.Next32());
    const double near = value * (1 + (random.NextFloat() - 0.5) * 1e-7);
    int digits = static_cast<int>(random.Below(20)), exponent = 0;
    // The middle of two floats, to some 16 digits: a double is too coarse to tell on which side of
    // it they are.
    const double middle = (double{value} + std::nextafter(value, 0.0f)) / 2;
    const std::pair<const char*, double> ways[] = {
        {"%.*f", (random.NextFloat() - 0.5) * 8},
        {"%.*g", near},
        {"%.*e", value},
        {"%.*g", std::isfinite(wide) ? wide : 0},
        {"%.*g", value},
        {"%.*g", std::ldexp(std::frexp(middle, &exponent), exponent % 20)}};
    const std::size_t way = random.Below(6);
    const auto& [form, number] = ways[way];
    if (way == 5) digits = 15 + static_cast<int>(random.Below(2));
    const int length = std::snprintf(text.data(), text.size(), form, digits, number);
    const char* const end = text.data() + length;
    float expected = 0, given = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, expected);
    const char* const given_stop = ReadPlainFloat(text.data(), end, given);
    if (given_stop == nullptr) continue;
    ++read;
    ASSERT_EQ(error, std::errc()) << text.data();
    ASSERT_EQ(given_stop, stop) << text.data();
    ASSERT_EQ(std::bit_cast<std::uint32_t>(given), std::bit_cast<std::uint32_t>(expected))
        << text.data();
  }
  EXPECT_GT(read, 100000u);
}

}  // namespace
}  // namespace wordkin
