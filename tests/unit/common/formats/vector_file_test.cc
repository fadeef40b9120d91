#include "common/formats/vector_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/common/formats/format_fixture.h"
#include "tests/unit/common/text/compressed.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

class ForeignVectorFile : public FormatTest {
 protected:
  Error Failure(const std::string& path) const {
    try {
      const VectorFile file(path);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(path));
      return error;
    }
    return Error(ErrorKind::kInternal, "was read");
  }
};

TEST_F(ForeignVectorFile, ShowsTheContentWhetherCompressedOrNot) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + "\n";
  for (const std::string& content : {text, Gzip(text), Zstd(text), Zstd("") + Zstd(text)}) {
    VectorFile file(MakeFile("v", content));
    EXPECT_EQ(file.text(), text);
    EXPECT_EQ(file.is_unpacked(), content != text);
    const VectorFile moved = std::move(file);
    EXPECT_EQ(moved.text(), text);
    EXPECT_EQ(moved.path(), PathOf("v"));
  }
}

TEST_F(ForeignVectorFile, RefusesWhatHasNoContentOrABrokenOne) {
  for (const std::string& content : {std::string(), Gzip(""), Zstd("")}) {
    const Error error = Failure(MakeFile("v", content));
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    EXPECT_THAT(error.what(), HasSubstr("it is empty"));
  }
  for (std::string content : {Gzip("some content"), Zstd("some content")}) {
    content.resize(content.size() - 3);
    const Error error = Failure(MakeFile("v", content));
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    EXPECT_THAT(error.what(), HasSubstr("cut short"));
  }
}

TEST_F(ForeignVectorFile, RefusesAtOnceWhatIsNoRegularFile) {
  ASSERT_EQ(mkfifo(PathOf("fifo").c_str(), 0600), 0);
  std::filesystem::create_directory(PathOf("folder"));
  for (const std::string name : {"fifo", "folder", "absent"}) {
    EXPECT_EQ(Failure(PathOf(name)).kind(), ErrorKind::kInputOutput);
  }
}

}  // namespace
}  // namespace wordkin
