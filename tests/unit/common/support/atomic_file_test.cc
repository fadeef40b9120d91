#include "common/support/atomic_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string_view>

#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::UnorderedElementsAre;

std::span<const std::byte> BytesOf(std::string_view text) { return std::as_bytes(std::span(text)); }

void WriteWhole(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.Write(BytesOf(text));
  file.Commit();
}

mode_t ModeOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

// The message with which writing 'path' is refused; "" when it is not.
std::string WritingError(const std::string& path) {
  try {
    const AtomicFile file(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    return error.what();
  }
  return "";
}

// Runs 'work' in a process of its own and returns its status as waitpid() gives it.
int StatusOfChild(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

TEST(AtomicFile, AppearsOnlyWhenCommitted) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  AtomicFile file(path);
  file.Write(BytesOf("con"));
  file.Write(BytesOf("tent"));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(file.size(), 7u);
  file.Commit();
  EXPECT_EQ(ReadText(path), "content");
  EXPECT_THAT(folder.Names(), ElementsAre("file"));
}

TEST(AtomicFile, OverwritesWhatWasWrittenBefore) {
  const TemporaryFolder folder;
  AtomicFile file(folder.PathOf("file"));
  file.Write(BytesOf("....tent"));
  file.WriteAt(1, BytesOf("con"));
  EXPECT_EQ(file.size(), 8u);
  file.Write(BytesOf("!"));
  file.Commit();
  EXPECT_EQ(ReadText(folder.PathOf("file")), ".content!");
}

TEST(AtomicFile, LeavesTheEarlierFileAndNothingElseWithoutCommit) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "earlier");
  {
    AtomicFile file(folder.PathOf("file"));
    file.Write(BytesOf("new"));
  }
  EXPECT_EQ(ReadText(folder.PathOf("file")), "earlier");
  EXPECT_THAT(folder.Names(), ElementsAre("file"));
}

TEST(AtomicFile, HasNoNameWhenItIsNeverVisible) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "earlier");
  const MappedFile mapped = [&] {
    AtomicFile file(folder.PathOf("file"), nullptr, AtomicFile::Visibility::kNever);
    file.Write(BytesOf("..ntent"));
    file.WriteAt(0, BytesOf("co"));
    file.Commit();
    EXPECT_THAT(folder.Names(), ElementsAre("file"));
    return MappedFile(file.descriptor(), "file");
  }();
  EXPECT_EQ(mapped.text(), "content");
  EXPECT_EQ(ReadText(folder.PathOf("file")), "earlier");
  EXPECT_FALSE(mapped.IsCurrent());
  try {
    const AtomicFile file(folder.PathOf("absent/file"), nullptr, AtomicFile::Visibility::kNever);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr(folder.PathOf("absent/file")));
  }
}

TEST(AtomicFile, ReplacesAFileThatIsMapped) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  WriteText(path, "earlier");
  const MappedFile mapped(path);
  AtomicFile file(path);
  file.Write(mapped.bytes());
  file.Write(BytesOf(" and more"));
  file.Commit();
  EXPECT_EQ(ReadText(path), "earlier and more");
  EXPECT_EQ(mapped.bytes().size(), 7u);
  EXPECT_EQ(mapped.bytes()[0], std::byte{'e'});
}

TEST(AtomicFile, GivesANewFileTheModeOfTheUmask) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  const int status = StatusOfChild([&] {
    umask(027);
    WriteWhole(path, "content");
  });
  EXPECT_EQ(status, 0);
  EXPECT_EQ(ModeOf(path), 0640u);
}

TEST(AtomicFile, KeepsTheModeOfTheEarlierFile) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  WriteText(path, "earlier");
  for (const mode_t mode : {0600u, 0755u, 0666u}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    WriteWhole(path, "content");
    EXPECT_EQ(ModeOf(path), mode);
  }
}

TEST(AtomicFile, ReplacesTheFileThatALinkPointsTo) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.PathOf("inner"));
  WriteText(folder.PathOf("inner/target"), "earlier");
  std::filesystem::create_symlink("inner/target", folder.PathOf("relative"));
  std::filesystem::create_symlink(folder.PathOf("relative"), folder.PathOf("absolute"));
  WriteWhole(folder.PathOf("absolute"), "content");
  EXPECT_EQ(ReadText(folder.PathOf("inner/target")), "content");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.PathOf("relative")));
  EXPECT_TRUE(std::filesystem::is_symlink(folder.PathOf("absolute")));
}

TEST(AtomicFile, CreatesTheFileThatALinkPromises) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("target", folder.PathOf("link"));
  WriteWhole(folder.PathOf("link"), "content");
  EXPECT_EQ(ReadText(folder.PathOf("target")), "content");
}

TEST(AtomicFile, RefusesLinksInACircle) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("b", folder.PathOf("a"));
  std::filesystem::create_symlink("a", folder.PathOf("b"));
  EXPECT_THAT(WritingError(folder.PathOf("a")), HasSubstr("Too many levels of symbolic links"));
}

TEST(AtomicFile, RefusesAMissingFolderByName) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("none/file");
  EXPECT_EQ(WritingError(path), "cannot write '" + path + "': No such file or directory");
}

TEST(AtomicFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT(WritingError(folder.path()), HasSubstr("Is a directory"));
  EXPECT_THAT(WritingError(folder.PathOf("new/")), HasSubstr("Is a directory"));
}

TEST(AtomicFile, RefusesDevicesAndPipes) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.PathOf("pipe").c_str(), 0600), 0);
  EXPECT_THAT(WritingError(folder.PathOf("pipe")), HasSubstr("not a regular file"));
  EXPECT_THAT(WritingError("/dev/full"), HasSubstr("not a regular file"));
}

// As /dev/stdout leads to one: the link's text is "pipe:[4711]", which no file is called.
TEST(AtomicFile, RefusesAPipeWithoutAName) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_THAT(WritingError("/proc/self/fd/" + std::to_string(ends[1])),
              HasSubstr("not a regular file"));
  close(ends[0]);
  close(ends[1]);
}

TEST(AtomicFile, RefusesAnEmptyPath) {
  EXPECT_EQ(WritingError(""), "cannot write '': No such file or directory");
}

TEST(AtomicFile, TakesTheLongestNameThatThereCanBe) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf(std::string(255, 'n'));
  WriteWhole(path, "content");
  EXPECT_EQ(ReadText(path), "content");
}

TEST(AtomicFile, ReportsAFullDiskAndKeepsTheEarlierFile) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  WriteText(path, "earlier");
  const int status = StatusOfChild([&] {
    // A limit on the size of files stands for a disk that fills up in mid-write.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {10000, 10000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(2);
    try {
      AtomicFile file(path);
      for (int i = 0; i < 100; ++i) file.Write(BytesOf(std::string(300, 'x')));
      file.Commit();
    } catch (const Error& error) {
      const bool is_named = std::string_view(error.what()).find(path) != std::string_view::npos;
      _exit(error.kind() == ErrorKind::kInputOutput && is_named ? 42 : 3);
    }
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 42);
  EXPECT_EQ(ReadText(path), "earlier");
  EXPECT_THAT(folder.Names(), ElementsAre("file"));
}

bool HasNamelessFiles(const TemporaryFolder& folder) {
  const int descriptor = open(folder.path().c_str(), O_RDWR | O_TMPFILE, 0600);
  if (descriptor >= 0) close(descriptor);
  return descriptor >= 0;
}

TEST(AtomicFile, KeepsTheEarlierFileAndLeavesNothingElseWhenKilledInMidSave) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("file");
  WriteText(path, "earlier");
  const int status = StatusOfChild([&] {
    AtomicFile file(path);
    file.Write(BytesOf("half of the new con"));
    kill(getpid(), SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(ReadText(path), "earlier");
  if (HasNamelessFiles(folder)) {
    EXPECT_THAT(folder.Names(), ElementsAre("file"));
  } else {
    EXPECT_THAT(folder.Names(),
                UnorderedElementsAre("file", MatchesRegex("\\.file\\..*\\.partial")));
  }
}

// The refusal of 'path' as a user other than root meets it, who owns 'folder'.
std::string RefusalOfPlainUser(const TemporaryFolder& folder, const std::string& path) {
  constexpr uid_t kPlainUser = 65534;
  if (geteuid() == 0) {
    for (const auto& name : folder.Names()) {
      EXPECT_EQ(chown(folder.PathOf(name).c_str(), kPlainUser, kPlainUser), 0);
    }
    EXPECT_EQ(chown(folder.path().c_str(), kPlainUser, kPlainUser), 0);
  }
  const TemporaryFolder answers;
  EXPECT_EQ(chmod(answers.path().c_str(), 0777), 0);
  const int status = StatusOfChild([&] {
    if (geteuid() == 0 && setuid(kPlainUser) != 0) _exit(2);
    WriteText(answers.PathOf("answer"), WritingError(path));
  });
  EXPECT_EQ(status, 0);
  return ReadText(answers.PathOf("answer"));
}

TEST(AtomicFile, ReportsAFolderThatCanNotBeWritten) {
  const TemporaryFolder folder;
  ASSERT_EQ(chmod(folder.path().c_str(), 0500), 0);
  EXPECT_EQ(RefusalOfPlainUser(folder, folder.PathOf("file")),
            "cannot write '" + folder.PathOf("file") + "': Permission denied");
  ASSERT_EQ(chmod(folder.path().c_str(), 0700), 0);
}

TEST(AtomicFile, RefusesToReplaceAWriteProtectedFile) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("file"), "earlier");
  ASSERT_EQ(chmod(folder.PathOf("file").c_str(), 0400), 0);
  EXPECT_EQ(RefusalOfPlainUser(folder, folder.PathOf("file")),
            "cannot write '" + folder.PathOf("file") + "': Permission denied");
}

TEST(AtomicFile, LeavesTheEarlierFileOnceItIsToStop) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("a");
  WriteWhole(path, "earlier");
  std::atomic<bool> stop{false};
  {
    AtomicFile file(path, &stop);
    file.Write(BytesOf("later"));
    stop = true;
    EXPECT_THROW(file.Write(BytesOf("still later")), Error);
    EXPECT_THROW(file.Commit(), Error);
  }
  EXPECT_EQ(ReadText(path), "earlier");
  EXPECT_THAT(folder.Names(), ElementsAre("a"));
}

}  // namespace
}  // namespace wordkin
