#include "common/formats/vector_format.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/common/formats/format_fixture.h"
#include "tests/unit/common/text/compressed.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

class VectorFormatTable : public FormatTest {
 protected:
  std::string Recognized(const std::string& content) const {
    return std::string(RecognizeVectorFormat(VectorFile(MakeFile("a", content))).name);
  }
};

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
    EXPECT_EQ(Recognized(content), "word2vec-text") << content;
  }
}

TEST_F(VectorFormatTable, RecognizesBinaryByContent) {
  for (const std::vector<float>& values :
       {std::vector<float>{0.5f}, {0.1f, -0.1f}, {0.001f, 0.02f, -0.3f, 0.4f, 0.5f}}) {
    const std::string header = "1 " + std::to_string(values.size()) + "\n";
    for (const std::string row_end : {"\n", ""}) {
      EXPECT_EQ(Recognized(header + "word " + BytesOf(values) + row_end), "word2vec-binary");
    }
  }
}

TEST_F(VectorFormatTable, TakesTextForTextWhateverIsWrongWithItsRows) {
  for (const std::string content :
       {"2 3\na 1\nb 1 2 3\n", "2 3\na\nb 1 2 3\n", "2 3\n\n\n", "5 3\nword x y z\n"}) {
    EXPECT_EQ(Recognized(content), "word2vec-text") << content;
  }
}

TEST_F(VectorFormatTable, RecognizesTheOtherFormatsByContent) {
  for (const std::string content : {"king 0.1 0.2\nqueen 1 2\n", "1 2 3\n", ". . . 0.1 -0.2\n",
                                    "a\t1\t2\n", "at a@b.c 1 2e-3\n", "a 1 nan\n"}) {
    EXPECT_EQ(Recognized(content), "glove-text") << content;
  }
  for (const std::string content :
       {"0.1\t0.2\n0.3\t0.4\n", "1\t2\n", "1\t2\r\n3\t4\r\n", "2\t2\n3\t4\n"}) {
    EXPECT_EQ(Recognized(content), "projector-tsv") << content;
  }
  EXPECT_EQ(Recognized("2\t2\na\t1\t2\nb\t3\t4\n"), "word2vec-text");
  EXPECT_EQ(Recognized("FiFu...."), "finalfusion");
  EXPECT_EQ(Recognized("\x93NUMPY"), "npy");
  EXPECT_EQ(Recognized(std::string("\x02\0\0\0\0\0\0\0{}", 10)), "safetensors");
}

TEST_F(VectorFormatTable, LooksThroughCompression) {
  EXPECT_EQ(Recognized(Gzip("1 2\na 1 2\n")), "word2vec-text");
  EXPECT_EQ(Recognized(Zstd("king 0.1 0.2\n")), "glove-text");
  EXPECT_EQ(VectorFormatForPath("v.txt.gz"), FindVectorFormat("word2vec-text"));
  EXPECT_EQ(VectorFormatForPath("v.npy.zst"), FindVectorFormat("npy"));
}

TEST_F(VectorFormatTable, RefusesOtherContentNamingWhatCanBeRead) {
  for (const std::string content :
       {"\n", "king 0.1\n", "king and queen 1\n", "{}", "king queen 2 man\n", "\n0.5 0.5\n"}) {
    try {
      Recognized(content);
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
      const VectorFile file(path);
      ADD_FAILURE() << "took " << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
      EXPECT_THAT(error.what(), HasSubstr(path));
    }
  }
}

}  // namespace
}  // namespace wordkin
