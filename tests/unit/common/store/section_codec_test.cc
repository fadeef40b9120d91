#include "common/store/section_codec.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/support/random.h"

namespace wordkin {
namespace {

std::vector<std::byte> Repetitive(std::size_t size) {
  std::vector<std::byte> content(size);
  for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::byte>(i / 7 % 50);
  return content;
}

TEST(SectionCodec, GivesBackWhatItTook) {
  for (const std::size_t size : {100u, 5000u, 3000000u}) {
    const std::vector<std::byte> content = Repetitive(size);
    const auto frame = Compress(content);
    ASSERT_TRUE(frame);
    EXPECT_LT(frame->size(), size);
    EXPECT_EQ(Decompress(*frame, size), content);
  }
}

TEST(SectionCodec, LeavesContentThatDoesNotShrink) {
  Random random(3);
  std::vector<std::byte> content(10000);
  for (std::byte& byte : content) byte = static_cast<std::byte>(random.Next32());
  EXPECT_FALSE(Compress(content));
  EXPECT_FALSE(Compress({}));
  EXPECT_FALSE(Compress(std::vector<std::byte>(1)));
}

TEST(SectionCodec, RefusesALengthThatTheFrameDoesNotState) {
  const auto frame = Compress(Repetitive(1000));
  ASSERT_TRUE(frame);
  for (const std::uint64_t length :
       {std::uint64_t{0}, std::uint64_t{999}, std::uint64_t{1001}, std::uint64_t{1} << 62,
        ~std::uint64_t{0}, ~std::uint64_t{1}}) {
    EXPECT_FALSE(Decompress(*frame, length)) << length;
  }
}

TEST(SectionCodec, RefusesCutAndExtendedFrames) {
  const std::vector<std::byte> content = Repetitive(1000);
  std::vector<std::byte> frame = *Compress(content);
  for (std::size_t length = 0; length < frame.size(); ++length) {
    EXPECT_FALSE(Decompress(std::span(frame).first(length), content.size())) << length;
  }
  std::vector<std::byte> twice = frame;
  twice.insert(twice.end(), frame.begin(), frame.end());
  EXPECT_FALSE(Decompress(twice, content.size()));
  frame.push_back(std::byte{});
  EXPECT_FALSE(Decompress(frame, content.size()));
}

TEST(SectionCodec, RefusesAFrameThatYieldsLessThanItStates) {
  // By hand from RFC 8878: magic, one segment with a length of one byte, that length, one last raw
  // block of four bytes.
  const auto frame = [](int stated_length) {
    std::vector<std::byte> bytes;
    for (const int value : {0x28, 0xB5, 0x2F, 0xFD, 0x20, stated_length, 0x21, 0, 0, 1, 2, 3, 4}) {
      bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
  };
  EXPECT_EQ(Decompress(frame(4), 4).value_or(std::vector<std::byte>()).size(), 4u);
  EXPECT_FALSE(Decompress(frame(5), 5));
  EXPECT_FALSE(Decompress(frame(3), 3));
}

TEST(SectionCodec, NeverCrashesOrYieldsAnotherLengthWhenBitsFlip) {
  const std::vector<std::byte> content = Repetitive(1000);
  const std::vector<std::byte> frame = *Compress(content);
  for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
    std::vector<std::byte> flipped = frame;
    flipped[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    const auto result = Decompress(flipped, content.size());
    EXPECT_EQ(result.value_or(content).size(), content.size());
  }
}

}  // namespace
}  // namespace wordkin
