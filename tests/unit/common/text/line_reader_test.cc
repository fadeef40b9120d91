#include "common/text/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LineReaderTest : public testing::Test {
 protected:
  std::vector<std::string> LinesOf(const std::string& text, std::size_t longest = 1000) const {
    WriteText(path_, text);
    LineReader reader(path_, longest);
    std::vector<std::string> lines;
    while (const auto line = reader.Next()) {
      lines.emplace_back(*line);
      EXPECT_EQ(reader.number(), lines.size());
    }
    EXPECT_EQ(reader.Next(), std::nullopt);
    EXPECT_EQ(reader.file_bytes_read(), text.size());
    return lines;
  }

  std::string RefusalOf(const std::string& text, std::size_t longest) const {
    try {
      LinesOf(text, longest);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
      return error.what();
    }
    return "";
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("lines.txt");
};

TEST_F(LineReaderTest, EndsLinesAtLineFeedsAndDropsCarriageReturns) {
  EXPECT_THAT(LinesOf("a\nb c\r\n\n d"), ElementsAre("a", "b c", "", " d"));
  EXPECT_THAT(LinesOf("a\n"), ElementsAre("a"));
  EXPECT_THAT(LinesOf("\n\n"), ElementsAre("", ""));
  EXPECT_THAT(LinesOf(""), ElementsAre());
}

TEST_F(LineReaderTest, GoesOnBehindALineThatIsTooLong) {
  // One that is read at once, one that is not, and one that the end cuts.
  for (const std::size_t size : {std::size_t{6}, std::size_t{1} << 19}) {
    WriteText(path_, "a\n" + std::string(size, 'x') + "\nb\n" + std::string(size, 'y'));
    LineReader reader(path_, 5);
    EXPECT_EQ(reader.Next(), "a");
    EXPECT_THROW(reader.Next(), Error);
    EXPECT_EQ(reader.number(), 2);
    EXPECT_EQ(reader.Next(), "b");
    EXPECT_EQ(reader.number(), 3);
    EXPECT_THROW(reader.Next(), Error);
    EXPECT_EQ(reader.Next(), std::nullopt);
  }
}

TEST_F(LineReaderTest, DropsAByteOrderMark) {
  EXPECT_THAT(LinesOf("\xEF\xBB\xBF"
                      "a\nb"),
              ElementsAre("a", "b"));
  EXPECT_THAT(LinesOf("\xEF\xBB\xBF"), ElementsAre());
}

TEST_F(LineReaderTest, TakesLinesLongerThanItReadsAtOnce) {
  const std::string first(300'000, 'x'), second(131'072, 'y'), third(131'071, 'z');
  EXPECT_THAT(LinesOf(first + "\n" + second + "\n" + third + "\n" + first, 300'000),
              ElementsAre(first, second, third, first));
}

TEST_F(LineReaderTest, RefusesLongerLinesByTheirNumber) {
  EXPECT_EQ(RefusalOf("ab\nabc\r\n", 3), "");
  EXPECT_THAT(RefusalOf("ab\nabcd\n", 3),
              HasSubstr("cannot read '" + path_ + "': line 2 is longer than 3 bytes"));
  EXPECT_THAT(RefusalOf("ab\n" + std::string(400'000, 'x'), 1000), HasSubstr("line 2 is longer"));
}

TEST_F(LineReaderTest, RefusesWhatIsNoText) {
  EXPECT_THAT(RefusalOf("\x7F"
                        "ELF" +
                            std::string(20, '\0'),
                        100),
              HasSubstr("a program"));
}

}  // namespace
}  // namespace wordkin
