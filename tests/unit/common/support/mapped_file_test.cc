#include "common/support/mapped_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <utility>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

std::string TextOf(const MappedFile& file) { return std::string(file.text()); }

// The message with which 'path' is refused; "" when it is not.
std::string OpeningError(const std::string& path) {
  try {
    const MappedFile file(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    return error.what();
  }
  return "";
}

TEST(MappedFile, ShowsTheBytesOfAFile) {
  const TemporaryFolder folder;
  const std::string text("some\0bytes", 10);
  WriteText(folder.PathOf("file"), text);
  const MappedFile file(folder.PathOf("file"));
  EXPECT_EQ(TextOf(file), text);
  EXPECT_EQ(file.path(), folder.PathOf("file"));
}

TEST(MappedFile, IsEmptyForAnEmptyFile) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "");
  EXPECT_TRUE(MappedFile(folder.PathOf("file")).bytes().empty());
}

TEST(MappedFile, KnowsWhetherItsPathStillNamesIt) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "first");
  const MappedFile file(folder.PathOf("file"));
  EXPECT_TRUE(file.IsCurrent());
  WriteText(folder.PathOf("other"), "first");
  ASSERT_EQ(std::rename(folder.PathOf("other").c_str(), folder.PathOf("file").c_str()), 0);
  EXPECT_FALSE(file.IsCurrent());
  ASSERT_EQ(std::remove(folder.PathOf("file").c_str()), 0);
  EXPECT_FALSE(file.IsCurrent());
}

TEST(MappedFile, KeepsItsBytesWhenMoved) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("one"), "first");
  WriteText(folder.PathOf("two"), "second");
  MappedFile file(folder.PathOf("one"));
  MappedFile moved(std::move(file));
  EXPECT_EQ(TextOf(moved), "first");
  moved = MappedFile(folder.PathOf("two"));
  EXPECT_EQ(TextOf(moved), "second");
  EXPECT_EQ(moved.path(), folder.PathOf("two"));
}

TEST(MappedFile, KeepsItsBytesWhenTheFileIsRemoved) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "bytes");
  const MappedFile file(folder.PathOf("file"));
  std::filesystem::remove(folder.PathOf("file"));
  EXPECT_EQ(TextOf(file), "bytes");
}

TEST(MappedFile, RefusesAMissingFileByName) {
  const TemporaryFolder folder;
  EXPECT_EQ(OpeningError(folder.PathOf("none")),
            "cannot open '" + folder.PathOf("none") + "': No such file or directory");
}

TEST(MappedFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(OpeningError(folder.path()),
            "cannot open '" + folder.path().string() + "': Is a directory");
}

TEST(MappedFile, RefusesAPipeWithoutWaitingForAWriter) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.PathOf("pipe").c_str(), 0600), 0);
  EXPECT_NE(OpeningError(folder.PathOf("pipe")).find("not a regular file"), std::string::npos);
}

TEST(MappedFile, RefusesADevice) {
  EXPECT_NE(OpeningError("/dev/null").find("not a regular file"), std::string::npos);
}

}  // namespace
}  // namespace wordkin
