#include "common/text/corpus_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CorpusPaths : public ::testing::Test {
 protected:
  CorpusPaths() {
    std::filesystem::create_directories(folder_.PathOf("sub/deep"));
    std::filesystem::create_directories(folder_.PathOf(".hidden"));
    std::filesystem::create_directories(folder_.PathOf("empty"));
    for (const char* name : {"b.txt", "a.txt", "Z.txt", "sub/c.txt", "sub/deep/d", ".secret",
                             ".hidden/x", "sub.txt"}) {
      WriteText(folder_.PathOf(name), "text");
    }
  }

  std::string P(const std::string& name) const { return folder_.PathOf(name); }

  static ErrorKind KindOf(const std::vector<std::string>& arguments) {
    try {
      ExpandCorpusPaths(arguments);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kInternal;
  }

  TemporaryFolder folder_;
};

TEST_F(CorpusPaths, KeepTheOrderOfTheArguments) {
  EXPECT_THAT(ExpandCorpusPaths({P("b.txt"), "-", P("a.txt"), P("b.txt")}),
              ElementsAre(P("b.txt"), "-", P("a.txt"), P("b.txt")));
}

TEST_F(CorpusPaths, AFolderStandsForTheFilesBelowItInByteOrder) {
  EXPECT_THAT(ExpandCorpusPaths({folder_.path()}),
              ElementsAre(P("Z.txt"), P("a.txt"), P("b.txt"), P("sub.txt"), P("sub/c.txt"),
                          P("sub/deep/d")));
}

TEST_F(CorpusPaths, AGlobStandsForItsMatchesAndTheirFolders) {
  EXPECT_THAT(ExpandCorpusPaths({P("[ab].txt")}), ElementsAre(P("a.txt"), P("b.txt")));
  EXPECT_THAT(ExpandCorpusPaths({P("su?*")}),
              ElementsAre(P("sub/c.txt"), P("sub/deep/d"), P("sub.txt")));
}

TEST_F(CorpusPaths, AnExistingNameWithStarsIsNoGlob) {
  WriteText(P("odd*[name].txt"), "text");
  EXPECT_THAT(ExpandCorpusPaths({P("odd*[name].txt")}), ElementsAre(P("odd*[name].txt")));
}

TEST_F(CorpusPaths, LinksAreFollowedButNotInCircles) {
  std::filesystem::create_directory_symlink(folder_.path(), P("sub/deep/up"));
  std::filesystem::create_symlink(P("a.txt"), P("sub/link"));
  EXPECT_THAT(ExpandCorpusPaths({P("sub")}), ::testing::Contains(P("sub/link")));
  EXPECT_THAT(ExpandCorpusPaths({P("sub")}), ::testing::Contains(P("sub/deep/up/a.txt")));
}

TEST_F(CorpusPaths, RefusesWhatIsNotThere) {
  EXPECT_EQ(KindOf({P("missing")}), ErrorKind::kInputOutput);
  EXPECT_EQ(KindOf({P("*.none")}), ErrorKind::kInputOutput);
  EXPECT_EQ(KindOf({P("empty")}), ErrorKind::kInputOutput);
  EXPECT_EQ(KindOf({}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({"-", P("a.txt"), "-"}), ErrorKind::kUsage);
  std::filesystem::create_symlink(P("gone"), P("sub/dangling"));
  EXPECT_EQ(KindOf({P("sub")}), ErrorKind::kInputOutput);
}

TEST_F(CorpusPaths, RefusesWhatCannotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser reads everything";
  std::filesystem::permissions(P("sub/c.txt"), std::filesystem::perms::none);
  EXPECT_EQ(KindOf({P("sub")}), ErrorKind::kInputOutput);
}

}  // namespace
}  // namespace wordkin
