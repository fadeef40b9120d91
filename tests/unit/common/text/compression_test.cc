#include "common/text/compression.h"

#include <gtest/gtest.h>

#include <fstream>

#include "common/text/text_lines.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

class CompressedText : public testing::Test {
 protected:
  // What comes back of 'text', compressed piece by piece.
  std::string ThereAndBack(Compression compression, const std::string& text, std::size_t piece) {
    std::string output;
    const auto compressor = MakeCompressor(compression);
    for (std::size_t begin = 0; begin < text.size(); begin += piece) {
      compressor->Compress(std::string_view(text).substr(begin, piece), false, output);
    }
    compressor->Compress({}, true, output);
    EXPECT_EQ(CompressionOf(std::string_view(output).substr(0, 4)), compression);
    compressed_bytes_ = output.size();
    std::ofstream(folder_.PathOf("file"), std::ios::binary) << output;
    return ReadWholeText(folder_.PathOf("file"));
  }

  const TemporaryFolder folder_;
  std::size_t compressed_bytes_ = 0;
};

TEST_F(CompressedText, ComesBack) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i * 7919 % 10007) + " ";
  for (const Compression compression : {Compression::kGzip, Compression::kZstd}) {
    for (const std::size_t piece : {text.size(), std::size_t{1000}, std::size_t{131072}}) {
      EXPECT_EQ(ThereAndBack(compression, text, piece), text);
      EXPECT_LT(compressed_bytes_, text.size());
    }
    EXPECT_EQ(ThereAndBack(compression, "", 1), "");
    EXPECT_EQ(ThereAndBack(compression, "x", 1), "x");
  }
}

TEST_F(CompressedText, IsToldByTheEndingOfAName) {
  EXPECT_EQ(CompressionForPath("a/v.txt.gz"), Compression::kGzip);
  EXPECT_EQ(CompressionForPath("v.zst"), Compression::kZstd);
  EXPECT_EQ(CompressionForPath("v.gz.txt"), Compression::kNone);
  EXPECT_EQ(WithoutCompression("a/v.txt.gz"), "a/v.txt");
  EXPECT_EQ(WithoutCompression("v.txt"), "v.txt");
  EXPECT_EQ(MakeCompressor(Compression::kNone), nullptr);
}

}  // namespace
}  // namespace wordkin
