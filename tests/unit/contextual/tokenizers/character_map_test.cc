#include "contextual/tokenizers/character_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "common/support/error.h"
#include "tests/unit/contextual/tokenizers/normalizer_testing.h"

namespace wordkin::contextual {
namespace {

std::string Bytes(const std::vector<std::uint32_t>& units, std::string_view replacements) {
  std::string bytes;
  const auto append = [&](std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(number >> shift));
  };
  append(static_cast<std::uint32_t>(4 * units.size()));
  for (const std::uint32_t unit : units) append(unit);
  return bytes.append(replacements);
}

constexpr std::uint32_t kEndsRule = 1 << 8;
constexpr std::uint32_t kValue = 1u << 31;
constexpr std::uint32_t Offset(std::uint32_t from, std::uint32_t to) { return (from ^ to) << 10; }

// The rules 'a' -> "xyz" and 'b' -> "". The root's children lie at 256 ^ byte; those of 'a' and
// 'b', which are but values, at 1 and 2.
std::vector<std::uint32_t> TwoRules() {
  std::vector<std::uint32_t> units(512);
  units[0] = Offset(0, 256);
  units[256 ^ 'a'] = Offset(256 ^ 'a', 1) | kEndsRule | 'a';
  units[1] = kValue | 0;
  units[256 ^ 'b'] = Offset(256 ^ 'b', 2) | kEndsRule | 'b';
  units[2] = kValue | 4;
  return units;
}

constexpr std::string_view kReplacements("xyz\0\0", 5);

TEST(CharacterMap, ReplacesCharacters) {
  const CharacterMap map(Bytes(TwoRules(), kReplacements), "map");
  EXPECT_EQ(Normalized(map, "cab"), "cxyz");
  EXPECT_EQ(Normalized(map, ""), "");
  EXPECT_EQ(SourcesOf(map, "éba")[2], (ByteRange{3, 4}));
}

TEST(CharacterMap, ReplacesAShortGraphemeAsAWhole) {
  const CharacterMap map(Bytes(TwoRules(), kReplacements), "map");
  EXPECT_EQ(Normalized(map, "a\u0301\u0302c"), "xyzc");
  EXPECT_EQ(SourcesOf(map, "a\u0301c")[0], (ByteRange{0, 3}));
  EXPECT_EQ(Normalized(map, "a\u0301\u0302\u0303"), "xyz\u0301\u0302\u0303");
}

std::string MapRefusal(const std::string& bytes) {
  try {
    const CharacterMap map(bytes, "map");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    return error.what();
  }
  return "none";
}

TEST(CharacterMap, RefusesWhatLeadsOutside) {
  EXPECT_THAT(MapRefusal("abc"), testing::HasSubstr("ends within"));
  EXPECT_THAT(MapRefusal(std::string("\xFF\xFF\xFF\xFF", 4)), testing::HasSubstr("only 0 follow"));
  EXPECT_THAT(MapRefusal(Bytes({}, "")), testing::HasSubstr("no whole units"));
  EXPECT_THAT(MapRefusal(Bytes({Offset(0, 300)}, "")), testing::HasSubstr("out of itself"));
  EXPECT_THAT(MapRefusal(Bytes(TwoRules(), "xyz")), testing::HasSubstr("lies outside"));
  EXPECT_THAT(MapRefusal(Bytes(TwoRules(), "xyz\xFF\xFF")), testing::HasSubstr("no UTF-8"));
  EXPECT_THAT(MapRefusal(Bytes(TwoRules(), "xyz\u00e9")), testing::HasSubstr("a character"));
  std::vector<std::uint32_t> units = TwoRules();
  units[256 ^ 'a'] = Offset(256 ^ 'a', 4000) | kEndsRule | 'a';
  EXPECT_THAT(MapRefusal(Bytes(units, kReplacements)), testing::HasSubstr("out of itself"));
}

TEST(CharacterMap, EndsItsCheckWhenTheTrieGoesInCircles) {
  std::vector<std::uint32_t> units = TwoRules();
  units[256 ^ 'a'] = Offset(256 ^ 'a', 256) | 'a';
  const CharacterMap map(Bytes(units, kReplacements), "map");
  EXPECT_EQ(Normalized(map, "aaaa"), "aaaa");
}

}  // namespace
}  // namespace wordkin::contextual
