#include "common/store/store_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "common/store/store_shape.h"
#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::byte> MakeContent(std::size_t size) {
  std::vector<std::byte> content(size);
  for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::byte>(i * i / 13);
  return content;
}

// Adds a section and puts the copy where the original was.
void AddSection(const std::string& path, SectionKind kind, std::span<const std::byte> content) {
  const EmbeddingStore store(path);
  AtomicFile file(path);
  WriteStoreWithSection(file, store, kind, content);
}

std::string WriteRefusal(const std::string& path, const EmbeddingTable& table, ErrorKind kind) {
  return Refusal([&] { WriteTable(path, table, Precision::kTwoPlane); }, kind);
}

// Rows that repeat would be shorter under zstd, where nobody could use them in place.
TEST(StoreWriter, KeepsASectionRawThatMustBeRaw) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(5, 4), Precision::kInt8);
  {
    const EmbeddingStore store(path);
    AtomicFile file(path);
    const std::size_t length = *ExactRawLength(SectionKind::kNibblePlane, store.shape());
    WriteStoreWithSection(file, store, SectionKind::kNibblePlane, std::vector<std::byte>(length));
  }
  const EmbeddingStore store(path);
  EXPECT_EQ(store.sections().back().codec, Codec::kRaw);
}

TEST(StoreWriter, WritesTheSameBytesForTheSameTable) {
  const TemporaryFolder folder;
  for (const Precision precision : kAllPrecisions) {
    WriteTable(folder.PathOf("one"), MakeTable(40, 9), precision, "{}");
    WriteTable(folder.PathOf("two"), MakeTable(40, 9), precision, "{}");
    EXPECT_EQ(ReadText(folder.PathOf("one")), ReadText(folder.PathOf("two")));
  }
}

TEST(StoreWriter, RefusesValuesThatAreNotFiniteAndNamesTheWord) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteText(path, "earlier");
  for (const float value : {NAN, INFINITY, -INFINITY}) {
    EmbeddingTable table = MakeTable(5, 4);
    table.rows.Row(3)[2] = value;
    EXPECT_EQ(WriteRefusal(path, table, ErrorKind::kDamaged),
              "cannot write '" + path +
                  "': the vector of 'w3' holds a value that is not a finite number");
  }
  EXPECT_EQ(ReadText(path), "earlier");
  EXPECT_THAT(folder.Names(), ElementsAre("v.kin"));
}

TEST(StoreWriter, RefusesTablesWithoutRowsOrDimensions) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  EXPECT_THAT(WriteRefusal(path, MakeTable(0, 5), ErrorKind::kUsage), HasSubstr("has 0 rows"));
  EXPECT_THAT(WriteRefusal(path, MakeTable(5, 0), ErrorKind::kUsage),
              HasSubstr("has 0 dimensions"));
  EXPECT_THAT(WriteRefusal(path, MakeTable(1, 65537), ErrorKind::kUsage),
              HasSubstr("has 65537 dimensions, not 1 to 65536"));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(StoreWriter, TakesTheMostDimensionsThereCanBe) {
  const TemporaryFolder folder;
  WriteTable(folder.PathOf("v.kin"), MakeTable(2, 65536), Precision::kTwoPlane);
  VerifyStore(folder.PathOf("v.kin"));
}

TEST(StoreWriter, RefusesATableWhoseWordsAndRowsDiffer) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(5, 4);
  table.rows = AlignedMatrix(4, 4);
  WriteRefusal(folder.PathOf("v.kin"), table, ErrorKind::kInternal);
  EXPECT_FALSE(std::filesystem::exists(folder.PathOf("v.kin")));
}

TEST(StoreWriter, AddsASectionToTheFileThatIsOpen) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  for (const Precision precision : kAllPrecisions) {
    WriteTable(path, MakeTable(40, 9), precision, R"({"seed":1})");
    const EmbeddingStore before(path);
    const std::vector<std::byte> graph = MakeContent(5000);
    AddSection(path, SectionKind::kGraph, graph);
    VerifyStore(path);
    const EmbeddingStore after(path);
    EXPECT_EQ(after.ReadSection(SectionKind::kGraph), graph);
    EXPECT_EQ(after.sections().size(), before.sections().size() + 1);
    EXPECT_EQ(after.ReadMetadata(), R"({"seed":1})");
    EXPECT_EQ(after.ReadCounts(), before.ReadCounts());
    for (WordId id = 0; id < 40; ++id) EXPECT_EQ(RowOf(after, id), RowOf(before, id));
  }
}

TEST(StoreWriter, ReplacesASectionInItsPlace) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kInt8, R"({"seed":1})");
  AddSection(path, SectionKind::kGraph, MakeContent(500));
  const std::size_t section_count = EmbeddingStore(path).sections().size();
  const std::string metadata = R"({"seed":2})";
  AddSection(path, SectionKind::kMetadata, std::as_bytes(std::span(metadata)));
  AddSection(path, SectionKind::kGraph, MakeContent(700));
  VerifyStore(path);
  const EmbeddingStore store(path);
  EXPECT_EQ(store.sections().size(), section_count);
  EXPECT_EQ(store.ReadMetadata(), metadata);
  EXPECT_EQ(store.ReadSection(SectionKind::kGraph), MakeContent(700));
}

TEST(StoreWriter, KeepsSectionsThatShrinkTooWellToBeBelieved) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kInt8);
  const std::vector<std::byte> zeros(1 << 20);
  AddSection(path, SectionKind::kGraph, zeros);
  const EmbeddingStore store(path);
  EXPECT_EQ(store.sections().back().codec, Codec::kRaw);
  EXPECT_EQ(store.ReadSection(SectionKind::kGraph), zeros);
}

TEST(StoreWriter, KeepsSectionsThatItDoesNotKnow) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kInt8, R"({"seed":1})");
  StoreSurgery surgery(ReadBytes(path));
  surgery.SetEntry(SectionKind::kMetadata, 4, std::uint32_t{9});
  surgery.SetEntry(SectionKind::kMetadata, 0, std::uint32_t{500});
  surgery.Repair();
  WriteBytes(path, surgery.bytes());
  AddSection(path, SectionKind::kGraph, MakeContent(100));
  VerifyStore(path);
  const EmbeddingStore store(path);
  const SectionEntry& kept = store.sections()[store.sections().size() - 2];
  EXPECT_EQ(static_cast<std::uint32_t>(kept.kind), 500u);
  EXPECT_EQ(static_cast<std::uint32_t>(kept.codec), 9u);
  EXPECT_EQ(store.CheckedBytes(kept).size(), 10u);
}

TEST(StoreWriter, RefusesToCopyADamagedSectionAndKeepsTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kTwoPlane);
  StoreSurgery surgery(ReadBytes(path));
  surgery.Content(SectionKind::kLowPlane)[3] ^= std::byte{1};
  WriteBytes(path, surgery.bytes());
  EXPECT_EQ(Refusal([&] { AddSection(path, SectionKind::kGraph, MakeContent(10)); }),
            "'" + path +
                "' is damaged: the checksum of section low-plane does not match (restore the file "
                "from a copy)");
  EXPECT_EQ(ReadBytes(path), surgery.bytes());
  EXPECT_THAT(folder.Names(), ElementsAre("v.kin"));
}

TEST(StoreWriter, RefusesToReplaceWhatMakesTheStore) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kTwoPlane);
  const std::string before = ReadText(path);
  for (const SectionKind kind : {SectionKind::kWords, SectionKind::kScanPlane,
                                 static_cast<SectionKind>(99), SectionKind::kCounts}) {
    EXPECT_NE(Refusal([&] { AddSection(path, kind, MakeContent(10)); }, ErrorKind::kInternal), "");
  }
  EXPECT_EQ(ReadText(path), before);
}

TEST(StoreWriter, KeepsTheEarlierFileWhenTheDiskIsFullAtAnyByte) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(4, 9), Precision::kTwoPlane);
  const std::string before = ReadText(path);
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    // Upwards is not allowed to a plain user, so the limit falls.
    for (rlim_t limit = before.size() + 60; limit-- > 0;) {
      const rlimit limits = {limit, RLIM_INFINITY};
      if (setrlimit(RLIMIT_FSIZE, &limits) != 0) _exit(2);
      try {
        AddSection(path, SectionKind::kGraph, MakeContent(70));
        _exit(3);
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::kInputOutput) _exit(4);
      }
    }
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << WEXITSTATUS(status);
  EXPECT_EQ(ReadText(path), before);
  EXPECT_THAT(folder.Names(), ElementsAre("v.kin"));
}

}  // namespace
}  // namespace wordkin
