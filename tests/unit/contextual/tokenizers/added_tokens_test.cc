#include "contextual/tokenizers/added_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What of 'text' is taken, a string for each match.
std::vector<std::string> Found(std::vector<AddedToken> tokens, std::string_view text) {
  std::vector<std::string> spellings;
  for (const AddedToken& token : tokens) spellings.push_back(token.content);
  const AddedTokens added(std::move(tokens), spellings);
  std::vector<std::string> found;
  for (const AddedTokenMatch& match : added.FindAll(text)) {
    found.emplace_back(text.substr(match.range.begin, match.range.end - match.range.begin));
  }
  return found;
}

TEST(AddedTokens, AreTheLeftmostAndOfThoseTheLongest) {
  EXPECT_THAT(Found({{0, "<a>"}, {1, "<a>b"}, {2, "b<"}}, "x<a>b<a>"), ElementsAre("<a>b", "<a>"));
  EXPECT_THAT(Found({{0, "<a>"}}, "<a <a"), IsEmpty());
  EXPECT_THAT(Found({}, "<a>"), IsEmpty());
  EXPECT_THAT(Found({{0, "aa"}}, "aaaaa"), ElementsAre("aa", "aa"));
}

TEST(AddedTokens, TakeTheWhiteSpaceBesideThem) {
  const AddedToken left{.id = 0, .content = "<m>", .strips_left = true};
  const AddedToken right{.id = 0, .content = "<m>", .strips_right = true};
  EXPECT_THAT(Found({left}, "a \u3000<m> b"), ElementsAre(" \u3000<m>"));
  EXPECT_THAT(Found({right}, "a <m> \u3000b"), ElementsAre("<m> \u3000"));
  EXPECT_THAT(Found({left}, "<m> <m>"), ElementsAre("<m>", " <m>"));
}

TEST(AddedTokens, MayHaveToStandAlone) {
  const AddedToken word{.id = 0, .content = "is", .single_word = true};
  EXPECT_THAT(Found({word}, "is this is_ is. éis isé"), ElementsAre("is", "is"));
  EXPECT_THAT(Found({word}, "\xFFis\xC3"), ElementsAre("is"));
}

}  // namespace
}  // namespace wordkin::contextual
