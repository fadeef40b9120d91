#include "common/text/byte_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <thread>

#include "common/support/error.h"
#include "compressed.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {
namespace {

using ::testing::HasSubstr;

std::string ReadAll(const std::string& path, std::size_t step = 1000) {
  const auto source = OpenByteSource(path);
  std::string text;
  std::string buffer(step, '\0');
  while (true) {
    const std::size_t count = source->Read(buffer);
    text.append(buffer, 0, count);
    if (count < step) return text;
  }
}

Error ErrorOf(const std::string& path) {
  try {
    ReadAll(path);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::kInternal, "no error");
}

// Long enough for several buffers, and hard to compress.
std::string SomeText(std::size_t size = 500'000) {
  std::string text;
  std::uint32_t state = 12345;
  while (text.size() < size) {
    state = state * 1664525 + 1013904223;
    text.push_back(static_cast<char>('a' + (state >> 24) % 26));
  }
  return text;
}

TEST(ByteSource, ReadsAPlainFileWhateverTheStep) {
  const TemporaryFolder folder;
  const std::string text = SomeText();
  WriteText(folder.PathOf("plain"), text);
  EXPECT_EQ(ReadAll(folder.PathOf("plain"), 1 << 20), text);
  EXPECT_EQ(ReadAll(folder.PathOf("plain"), 777), text);
  WriteText(folder.PathOf("short"), "ab");
  EXPECT_EQ(ReadAll(folder.PathOf("short"), 1), "ab");
  WriteText(folder.PathOf("empty"), "");
  EXPECT_EQ(ReadAll(folder.PathOf("empty")), "");
}

TEST(ByteSource, DecompressesByContentNotByName) {
  const TemporaryFolder folder;
  const std::string text = SomeText();
  WriteText(folder.PathOf("a.txt"), Gzip(text));
  WriteText(folder.PathOf("b.txt"), Zstd(text));
  WriteText(folder.PathOf("c.gz"), text);
  for (const std::size_t step : {std::size_t{999}, std::size_t{1} << 20}) {
    EXPECT_EQ(ReadAll(folder.PathOf("a.txt"), step), text);
    EXPECT_EQ(ReadAll(folder.PathOf("b.txt"), step), text);
    EXPECT_EQ(ReadAll(folder.PathOf("c.gz"), step), text);
  }
}

TEST(ByteSource, DecompressesAByteAtATime) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("a.gz"), Gzip("one") + Gzip("") + Gzip("two"));
  WriteText(folder.PathOf("a.zst"), Zstd("one") + Zstd("") + Zstd("two"));
  EXPECT_EQ(ReadAll(folder.PathOf("a.gz"), 1), "onetwo");
  EXPECT_EQ(ReadAll(folder.PathOf("a.zst"), 1), "onetwo");
}

TEST(ByteSource, JoinsMembersAndFrames) {
  const TemporaryFolder folder;
  const std::string text = SomeText();
  WriteText(folder.PathOf("a.gz"), Gzip(text) + Gzip("more") + std::string(512, '\0'));
  EXPECT_EQ(ReadAll(folder.PathOf("a.gz")), text + "more");
  const std::string skippable("\x53\x2A\x4D\x18\x03\0\0\0abc", 11);
  WriteText(folder.PathOf("a.zst"), skippable + Zstd(text) + skippable + Zstd("more") + skippable);
  EXPECT_EQ(ReadAll(folder.PathOf("a.zst")), text + "more");
}

TEST(ByteSource, SaysHowFarItIsInTheFileItself) {
  const TemporaryFolder folder;
  for (const std::string& bytes : {SomeText(), Gzip(SomeText()), Zstd(SomeText())}) {
    WriteText(folder.PathOf("a"), bytes);
    const auto source = OpenByteSource(folder.PathOf("a"));
    EXPECT_EQ(source->file_bytes_read(), 0u);
    std::string buffer(100'000, '\0');
    source->Read(buffer);
    EXPECT_GT(source->file_bytes_read(), 0u);
    EXPECT_LT(source->file_bytes_read(), bytes.size());
    while (source->Read(buffer) > 0) {
    }
    EXPECT_EQ(source->file_bytes_read(), bytes.size());
  }
}

TEST(ByteSource, NoticesEveryCut) {
  const TemporaryFolder folder;
  for (const std::string& bytes : {Gzip("some text"), Zstd("some text")}) {
    for (std::size_t size = 4; size < bytes.size(); ++size) {
      WriteText(folder.PathOf("cut"), bytes.substr(0, size));
      const Error error = ErrorOf(folder.PathOf("cut"));
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged) << size;
      EXPECT_THAT(error.what(), HasSubstr(folder.PathOf("cut")));
      EXPECT_THAT(error.what(), HasSubstr("cut short"));
    }
  }
}

TEST(ByteSource, NoticesDamageByTheChecksums) {
  const TemporaryFolder folder;
  for (const std::string& bytes : {Gzip(SomeText()), Zstd(SomeText())}) {
    std::string damaged = bytes;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    WriteText(folder.PathOf("damaged"), damaged);
    EXPECT_EQ(ErrorOf(folder.PathOf("damaged")).kind(), ErrorKind::kDamaged);
    WriteText(folder.PathOf("followed"), bytes + "something else");
    EXPECT_EQ(ErrorOf(folder.PathOf("followed")).kind(), ErrorKind::kDamaged);
  }
  WriteText(folder.PathOf("padded"), Gzip("text") + std::string(3, '\0') + Gzip("text"));
  EXPECT_EQ(ErrorOf(folder.PathOf("padded")).kind(), ErrorKind::kDamaged);
}

TEST(ByteSource, RefusesAHugeZstdWindowWithARemedy) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("wide.zst"), Zstd("text", 27));
  EXPECT_EQ(ReadAll(folder.PathOf("wide.zst")), "text");
  WriteText(folder.PathOf("wider.zst"), Zstd("text", 28));
  const Error error = ErrorOf(folder.PathOf("wider.zst"));
  EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
  EXPECT_THAT(error.what(), HasSubstr("--long"));
}

TEST(ByteSource, RefusesFoldersAndMissingFiles) {
  const TemporaryFolder folder;
  EXPECT_EQ(ErrorOf(folder.path()).kind(), ErrorKind::kInputOutput);
  EXPECT_THAT(ErrorOf(folder.path()).what(), HasSubstr("Is a directory"));
  EXPECT_EQ(ErrorOf(folder.PathOf("missing")).kind(), ErrorKind::kInputOutput);
  EXPECT_THAT(ErrorOf(folder.PathOf("missing")).what(), HasSubstr("No such file"));
}

TEST(ByteSource, ReadsAPipeToItsEnd) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string compressed = Gzip(SomeText());
  std::jthread writer([&] { WriteText(path, compressed); });
  EXPECT_EQ(ReadAll(path, 1 << 20), SomeText());
}

}  // namespace
}  // namespace wordkin
