#include "common/store/embedding_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cfloat>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <thread>

#include "common/math/half_float.h"
#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

TEST(EmbeddingStore, TellsItsShapeAndWords) {
  const TemporaryFolder folder;
  const EmbeddingTable table = MakeTable(37, 10);
  for (const Precision precision : kAllPrecisions) {
    const std::string path = folder.PathOf("v.kin");
    WriteTable(path, table, precision, R"({"program":"wordkin"})");
    const EmbeddingStore store(path);
    EXPECT_EQ(store.size(), 37u);
    EXPECT_EQ(store.dimension(), 10u);
    EXPECT_EQ(store.precision(), precision);
    EXPECT_EQ(store.path(), path);
    EXPECT_EQ(store.file_size(), std::filesystem::file_size(path));
    EXPECT_EQ(store.ReadMetadata(), R"({"program":"wordkin"})");
    const std::vector<std::uint64_t> counts = store.ReadCounts();
    for (WordId id = 0; id < store.size(); ++id) {
      EXPECT_EQ(store.Word(id), table.vocabulary.Word(id));
      EXPECT_EQ(store.Find(table.vocabulary.Word(id)), id);
      EXPECT_EQ(counts[id], table.vocabulary.Count(id));
    }
    EXPECT_EQ(store.Find("absent"), std::nullopt);
    VerifyStore(path);
  }
}

TEST(EmbeddingStore, KeepsFloatRowsBitForBit) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(3, 5);
  const float unusual[] = {-0.0f, std::numeric_limits<float>::denorm_min(), FLT_MAX, -FLT_MIN,
                           0x1.23456ap-60f};
  std::copy(std::begin(unusual), std::end(unusual), table.rows.Row(1).begin());
  WriteTable(folder.PathOf("v.kin"), table, Precision::kFloat32);
  VerifyStore(folder.PathOf("v.kin"));
  const EmbeddingStore store(folder.PathOf("v.kin"));
  for (WordId id = 0; id < 3; ++id) {
    EXPECT_EQ(std::memcmp(RowOf(store, id).data(), table.rows.Row(id).data(), 5 * sizeof(float)),
              0);
  }
}

TEST(EmbeddingStore, KeepsQuantisedRowsWithinTheirStep) {
  const TemporaryFolder folder;
  const EmbeddingTable table = MakeTable(50, 33);
  for (const auto& [precision, steps] :
       {std::pair(Precision::kInt8, 254.0), std::pair(Precision::kTwoPlane, 65200.0)}) {
    WriteTable(folder.PathOf("v.kin"), table, precision);
    const EmbeddingStore store(folder.PathOf("v.kin"));
    for (WordId id = 0; id < store.size(); ++id) {
      const std::vector<float> row = RowOf(store, id);
      float largest = 0;
      for (const float value : table.rows.Row(id)) largest = std::max(largest, std::fabs(value));
      for (std::size_t i = 0; i < row.size(); ++i) {
        ASSERT_NEAR(row[i], table.rows.Row(id)[i], largest / steps);
      }
    }
  }
}

TEST(EmbeddingStore, UnitRowsHaveLengthOneAndTheDirectionOfTheRow) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(20, 7);
  for (float& value : table.rows.Row(4)) value *= 1e30f;
  for (float& value : table.rows.Row(5)) value *= 1e-30f;
  for (const Precision precision : kAllPrecisions) {
    WriteTable(folder.PathOf("v.kin"), table, precision);
    const EmbeddingStore store(folder.PathOf("v.kin"));
    for (WordId id = 0; id < store.size(); ++id) {
      const std::vector<float> unit = UnitRowOf(store, id);
      double squared_length = 0;
      double dot = 0;
      double squared_row = 0;
      for (std::size_t i = 0; i < unit.size(); ++i) {
        const double value = table.rows.Row(id)[i];
        squared_length += double{unit[i]} * unit[i];
        dot += unit[i] * value;
        squared_row += value * value;
      }
      EXPECT_NEAR(squared_length, 1, 1e-5);
      EXPECT_NEAR(dot / std::sqrt(squared_row), 1, precision == Precision::kInt8 ? 1e-4 : 1e-6);
    }
  }
}

TEST(EmbeddingStore, KeepsZeroRowsZero) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(3, 6);
  for (float& value : table.rows.Row(1)) value = 0;
  for (const Precision precision : kAllPrecisions) {
    WriteTable(folder.PathOf("v.kin"), table, precision);
    VerifyStore(folder.PathOf("v.kin"));
    const EmbeddingStore store(folder.PathOf("v.kin"));
    EXPECT_EQ(RowOf(store, 1), std::vector<float>(6));
    EXPECT_EQ(UnitRowOf(store, 1), std::vector<float>(6));
    EXPECT_EQ(store.scan_plane().cosine_factors[1], 0);
  }
}

TEST(EmbeddingStore, ScanPlaneRanksByCosine) {
  const TemporaryFolder folder;
  const EmbeddingTable table = MakeTable(21, 9);
  for (const Precision precision : kAllPrecisions) {
    WriteTable(folder.PathOf("v.kin"), table, precision);
    const EmbeddingStore store(folder.PathOf("v.kin"));
    const ScanPlane plane = store.scan_plane();
    const std::vector<float> query = UnitRowOf(store, 0);
    for (WordId id = 0; id < store.size(); ++id) {
      const std::vector<float> row = UnitRowOf(store, id);
      double expected = 0;
      double scanned = 0;
      for (std::size_t i = 0; i < row.size(); ++i) {
        expected += double{row[i]} * query[i];
        scanned += (plane.blocks[plane.Offset(id, i)] - ScanPlane::kZero) * query[i];
      }
      EXPECT_NEAR(scanned * HalfToFloat(plane.cosine_factors[id]) / 127, expected, 0.01);
    }
  }
}

TEST(EmbeddingStore, HasNoCountsOrMetadataThatItWasNotGiven) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(2, 3);
  table.vocabulary = Vocabulary({{"a", 0}, {"b", 0}});
  WriteTable(folder.PathOf("v.kin"), table, Precision::kTwoPlane);
  const EmbeddingStore store(folder.PathOf("v.kin"));
  EXPECT_EQ(store.ReadCounts(), std::vector<std::uint64_t>(2));
  EXPECT_EQ(store.ReadMetadata(), "{}");
  EXPECT_EQ(store.ReadSection(SectionKind::kGraph), std::nullopt);
}

TEST(EmbeddingStore, IsRefusedByVerifyWhenItsCountsDoNotFall) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(3, 3);
  table.vocabulary = Vocabulary({{"a", 5}, {"b", 5}, {"c", 9}});
  WriteTable(folder.PathOf("v.kin"), table, Precision::kTwoPlane);
  EXPECT_THAT(VerifyRefusal(folder.PathOf("v.kin")),
              HasSubstr("counts that do not fall: word 2, 'c', is more frequent"));
}

TEST(EmbeddingStore, TakesOneWordOfOneDimension) {
  const TemporaryFolder folder;
  for (const Precision precision : kAllPrecisions) {
    WriteTable(folder.PathOf("v.kin"), MakeTable(1, 1), precision);
    VerifyStore(folder.PathOf("v.kin"));
    const EmbeddingStore store(folder.PathOf("v.kin"));
    EXPECT_EQ(store.Find("w0"), WordId{0});
    EXPECT_NEAR(std::fabs(UnitRowOf(store, 0)[0]), 1, 1e-6);
  }
}

TEST(EmbeddingStore, KeepsItsContentWhenMoved) {
  const TemporaryFolder folder;
  WriteTable(folder.PathOf("v.kin"), MakeTable(5, 3), Precision::kTwoPlane);
  EmbeddingStore store(folder.PathOf("v.kin"));
  const std::vector<float> row = RowOf(store, 2);
  const EmbeddingStore moved(std::move(store));
  EXPECT_EQ(moved.Find("w2"), WordId{2});
  EXPECT_EQ(RowOf(moved, 2), row);
}

TEST(EmbeddingStore, CopiesShareTheFileAndOutliveEachOther) {
  const TemporaryFolder folder;
  WriteTable(folder.PathOf("v.kin"), MakeTable(5, 3), Precision::kTwoPlane);
  std::optional<EmbeddingStore> store(folder.PathOf("v.kin"));
  const EmbeddingStore copy(*store);
  const std::vector<float> row = RowOf(*store, 2);
  EXPECT_EQ(copy.file_bytes().data(), store->file_bytes().data());
  store.reset();
  EXPECT_EQ(copy.Find("w2"), WordId{2});
  EXPECT_EQ(RowOf(copy, 2), row);
  EXPECT_TRUE(copy.IsCurrent());
}

TEST(EmbeddingStore, AnswersSeveralThreadsAtOnce) {
  const TemporaryFolder folder;
  WriteTable(folder.PathOf("v.kin"), MakeTable(100, 8), Precision::kTwoPlane);
  const EmbeddingStore alone(folder.PathOf("v.kin"));
  const EmbeddingStore shared(folder.PathOf("v.kin"));
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (WordId id = 0; id < shared.size(); ++id)
        EXPECT_EQ(RowOf(shared, id)[0], RowOf(alone, id)[0]);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(EmbeddingStore, RefusesFilesThatAreNoStores) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteText(path, "");
  EXPECT_EQ(OpeningRefusal(path), "'" + path + "' is empty, no Wordkin store");
  WriteText(path, "the 0.1 0.2\nof 0.3 0.4\n");
  EXPECT_EQ(OpeningRefusal(path),
            "'" + path +
                "' is not a Wordkin store: its magic, the first 8 bytes, is wrong (vectors of "
                "other tools are made into one by 'wordkin convert')");
  WriteText(path, "\x89KIN\r\n\x1a\n");
  EXPECT_THAT(OpeningRefusal(path), HasSubstr("cut off in the header"));
}

TEST(EmbeddingStore, RefusesFoldersPipesAndMissingFilesAsInputFailures) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.PathOf("pipe").c_str(), 0600), 0);
  for (const std::string& path :
       {std::string(folder.path()), folder.PathOf("pipe"), folder.PathOf("none"),
        std::string("/dev/null"), std::string("/dev/zero")}) {
    EXPECT_THAT(Refusal([&] { const EmbeddingStore store(path); }, ErrorKind::kInputOutput),
                HasSubstr("cannot open '" + path + "': "));
  }
}

TEST(EmbeddingStore, SkipsAnUnknownSectionThatIsNotCritical) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(5, 3), Precision::kTwoPlane, "{}");
  StoreSurgery surgery(ReadBytes(path));
  surgery.SetEntry(SectionKind::kMetadata, 4, std::uint32_t{77});
  surgery.SetEntry(SectionKind::kMetadata, 0, std::uint32_t{500});
  surgery.Repair();
  WriteBytes(path, surgery.bytes());
  VerifyStore(path);
  const EmbeddingStore store(path);
  EXPECT_EQ(store.ReadMetadata(), "{}");
  EXPECT_EQ(RowOf(store, 1).size(), 3u);
}

}  // namespace
}  // namespace wordkin
