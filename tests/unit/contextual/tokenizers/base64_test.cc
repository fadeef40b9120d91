#include "contextual/tokenizers/base64.h"

#include <gtest/gtest.h>

namespace wordkin::contextual {
namespace {

TEST(Base64, IsDecodedAtEveryLength) {
  EXPECT_EQ(DecodeBase64(""), "");
  EXPECT_EQ(DecodeBase64("Zg=="), "f");
  EXPECT_EQ(DecodeBase64("Zm8="), "fo");
  EXPECT_EQ(DecodeBase64("Zm9v"), "foo");
  EXPECT_EQ(DecodeBase64("+/8A"), std::string("\xFB\xFF\0", 3));
}

TEST(Base64, IsRefusedWhenItIsNone) {
  for (const char* text : {"Z", "Zg", "Zm9", "Zg=a", "Z===", "====", "Zm 9", "Zh==", "Zm9-"}) {
    EXPECT_FALSE(DecodeBase64(text)) << text;
  }
}

}  // namespace
}  // namespace wordkin::contextual
