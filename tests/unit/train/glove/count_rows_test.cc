#include "train/glove/count_rows.h"

#include <gtest/gtest.h>

#include <limits>

#include "common/support/error.h"

namespace wordkin::train {
namespace {

using Bytes = std::vector<std::byte>;

Bytes Raw(std::initializer_list<int> numbers) {
  Bytes bytes;
  for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
  return bytes;
}

void ReadAll(const Bytes& bytes, WordId first_row, std::size_t word_count) {
  CountRowReader reader(bytes, first_row, word_count);
  while (reader.Next()) {
  }
}

TEST(CountRows, ComeBackAsTheyWere) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  Bytes bytes;
  CountRowWriter writer(bytes, 3);
  writer.Append(3, std::vector<PairCount>{{0, 1}, {3, kMost}});
  writer.Append(4, {});
  writer.Append(700, std::vector<PairCount>{{5, 127}, {6, 128}, {699, 1ull << 40}});
  CountRowReader reader(bytes, 3, 701);
  ASSERT_TRUE(reader.Next());
  EXPECT_EQ(reader.row(), 3u);
  ASSERT_EQ(reader.pairs().size(), 2u);
  EXPECT_EQ(reader.pairs()[1].context, 3u);
  EXPECT_EQ(reader.pairs()[1].count, kMost);
  ASSERT_TRUE(reader.Next());
  EXPECT_EQ(reader.row(), 700u);
  ASSERT_EQ(reader.pairs().size(), 3u);
  EXPECT_EQ(reader.pairs()[1].context, 6u);
  EXPECT_EQ(reader.pairs()[1].count, 128u);
  EXPECT_EQ(reader.pairs()[2].context, 699u);
  EXPECT_EQ(reader.pairs()[2].count, 1ull << 40);
  EXPECT_FALSE(reader.Next());
}

TEST(CountRows, AreRefusedWhenTheyCannotBe) {
  const auto refused = [](const Bytes& bytes, WordId first_row = 0, std::size_t word_count = 10) {
    try {
      ReadAll(bytes, first_row, word_count);
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kDamaged;
    }
    return false;
  };
  EXPECT_FALSE(refused(Raw({2, 1, 2, 7})));
  EXPECT_TRUE(refused(Raw({2, 1, 2})));                       // cut off
  EXPECT_TRUE(refused(Raw({2, 1, 2, 0x80})));                 // cut off in a number
  EXPECT_TRUE(refused(Raw({10, 1, 2, 7})));                   // a row beyond the vocabulary
  EXPECT_TRUE(refused(Raw({0, 1, 0, 7, 0, 1, 0, 7}), 9));     // the second one is
  EXPECT_TRUE(refused(Raw({2, 1, 3, 7})));                    // a context above the row
  EXPECT_TRUE(refused(Raw({2, 2, 2, 7, 0, 7})));              // and so is the second
  EXPECT_TRUE(refused(Raw({2, 0})));                          // no contexts
  EXPECT_TRUE(refused(Raw({2, 4, 0, 1, 0, 1, 0, 1, 0, 1})));  // more than there can be
  EXPECT_TRUE(refused(Raw({2, 1, 2, 0})));                    // a count of zero
  EXPECT_TRUE(refused(Raw({2, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2})));
  EXPECT_FALSE(refused(Raw({2, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1})));
}

}  // namespace
}  // namespace wordkin::train
