#include "common/formats/vector_format.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::HasSubstr;
using VectorFormatTable = FormatTest;

TEST_F(VectorFormatTable, FindsFormatsByNameAndByExtension) {
  for (const VectorFormat& format : VectorFormats()) {
    EXPECT_EQ(FindVectorFormat(format.name), &format);
    if (format.name == "fasttext-bin") continue;  // shares word2vec's extension
    EXPECT_EQ(VectorFormatForPath("folder.x/v" + std::string(format.extension)), &format);
  }
  EXPECT_EQ(VectorFormatForPath("v.w2v"), FindVectorFormat("word2vec-text"));
  EXPECT_EQ(FindVectorFormat("word2vec"), nullptr);
  EXPECT_EQ(VectorFormatForPath("v.kin"), nullptr);
  EXPECT_EQ(VectorFormatForPath("txt"), nullptr);
}

TEST_F(VectorFormatTable, RecognizesTextByContent) {
  for (const std::string content :
       {"1 2\na 1 2\n", "1 2\na 1 2", "1 1\na 7\n", "1 4\nword -0.123456789 1e-5 nan 3 4 \n",
        "2 2\na 0.25 0.5\nbroken x y\n", "1 99999\na 0.25 0.5 0.125 0.0625 0.5\n"}) {
    EXPECT_EQ(RecognizeVectorFormat(MakeFile("a", content)).name, "word2vec-text") << content;
  }
}

TEST_F(VectorFormatTable, RecognizesBinaryByContent) {
  for (const std::vector<float>& values :
       {std::vector<float>{0.5f}, {0.1f, -0.1f}, {0.001f, 0.02f, -0.3f, 0.4f, 0.5f}}) {
    const std::string header = "1 " + std::to_string(values.size()) + "\n";
    for (const std::string row_end : {"\n", ""}) {
      EXPECT_EQ(
          RecognizeVectorFormat(MakeFile("a", header + "word " + BytesOf(values) + row_end)).name,
          "word2vec-binary");
    }
  }
}

TEST_F(VectorFormatTable, RefusesOtherContentNamingWhatCanBeRead) {
  for (const std::string content : {"", "\n", "king 0.1 0.2\n", "{}", "1 2 3\n"}) {
    try {
      RecognizeVectorFormat(MakeFile("a", content));
      ADD_FAILURE() << "took " << content;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
      EXPECT_THAT(error.what(), HasSubstr("word2vec-binary"));
      EXPECT_THAT(error.what(), HasSubstr(PathOf("a")));
    }
  }
}

TEST_F(VectorFormatTable, RefusesWhatIsNoRegularFile) {
  ASSERT_EQ(mkfifo(PathOf("fifo").c_str(), 0600), 0);
  std::filesystem::create_directory(PathOf("folder"));
  for (const std::string& path : {PathOf("fifo"), PathOf("folder"), PathOf("absent")}) {
    try {
      RecognizeVectorFormat(path);
      ADD_FAILURE() << "took " << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
      EXPECT_THAT(error.what(), HasSubstr(path));
    }
    for (const VectorFormat& format : VectorFormats()) EXPECT_THROW(format.read(path), Error);
  }
}

}  // namespace
}  // namespace wordkin
