#include "cli/numbers.h"

#include <gtest/gtest.h>

namespace wordkin::cli {
namespace {

TEST(ParseInteger, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(ParseInteger("0"), 0u);
  EXPECT_EQ(ParseInteger("18446744073709551615"), 18446744073709551615u);
  for (const char* text :
       {"", " 5", "5 ", "5x", "-1", "+1", "0x10", "1e3", "1,000", "1.0", "18446744073709551616"}) {
    EXPECT_EQ(ParseInteger(text), std::nullopt) << text;
  }
}

TEST(ParseReal, TakesFiniteNumbersOnly) {
  EXPECT_EQ(ParseReal("1e-4"), 1e-4);
  EXPECT_EQ(ParseReal("-0.5"), -0.5);
  EXPECT_EQ(ParseReal(".5"), 0.5);
  for (const char* text : {"", "nan", "inf", "-inf", "1e999", "0.1x", "0,1", " 1", "1 "}) {
    EXPECT_EQ(ParseReal(text), std::nullopt) << text;
  }
}

TEST(Numbers, AreWrittenAsPeopleReadThem) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(71290), "71,290");
  EXPECT_EQ(WithThousands(1234567890), "1,234,567,890");
  EXPECT_EQ(HumanBytes(1), "1 byte");
  EXPECT_EQ(HumanBytes(999), "999 bytes");
  EXPECT_EQ(HumanBytes(3100), "3.1 kB");
  EXPECT_EQ(HumanBytes(9999), "10 kB");
  EXPECT_EQ(HumanBytes(29'000'000), "29 MB");
  EXPECT_EQ(HumanBytes(999'999'999), "1.0 GB");
  EXPECT_EQ(HumanSeconds(0.423), "0.42 s");
  EXPECT_EQ(HumanSeconds(3.21), "3.2 s");
  EXPECT_EQ(HumanSeconds(38.4), "38 s");
  EXPECT_EQ(HumanSeconds(99.6), "1 min 40 s");
  EXPECT_EQ(HumanSeconds(3599.7), "1 h 0 min");
  EXPECT_EQ(HumanSeconds(7500), "2 h 5 min");
  EXPECT_EQ(HumanQuantity(870), "870");
  EXPECT_EQ(HumanQuantity(12'300), "12 k");
  EXPECT_EQ(HumanQuantity(999'999), "1.0 M");
  EXPECT_EQ(HumanQuantity(1'912'345), "1.9 M");
  EXPECT_EQ(FixedPoint(-0.12345, 4), "-0.1235");
  EXPECT_EQ(Counted(1, "word", "words"), "1 word");
  EXPECT_EQ(Counted(1000, "word", "words"), "1,000 words");
}

}  // namespace
}  // namespace wordkin::cli
