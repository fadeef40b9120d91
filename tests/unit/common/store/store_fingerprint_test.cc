#include "common/store/store_fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/math/nibble_plane.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

TEST(StoreFingerprint, TellsContentsApartAndDoesNotMindWhatIndexAdds) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin"), other = folder.PathOf("other.kin");
  WriteTable(path, MakeTable(5, 3), Precision::kInt8);
  WriteTable(other, MakeTable(5, 3), Precision::kInt8);
  const std::string before = StoreFingerprint(EmbeddingStore(path));
  EXPECT_THAT(before, testing::MatchesRegex("[0-9a-f]{16}"));
  EXPECT_EQ(StoreFingerprint(EmbeddingStore(other)), before);
  {
    const EmbeddingStore store(path);
    AtomicFile file(path);
    WriteStoreWithSection(file, store, SectionKind::kGraph, std::as_bytes(std::span("graph", 5)));
  }
  {
    const EmbeddingStore store(path);
    AtomicFile file(path);
    WriteStoreWithSection(file, store, SectionKind::kNibblePlane, PackNibbles(store.scan_plane()));
  }
  EXPECT_EQ(StoreFingerprint(EmbeddingStore(path)), before);
  WriteTable(other, MakeTable(5, 3, /*seed=*/2), Precision::kInt8);
  EXPECT_NE(StoreFingerprint(EmbeddingStore(other)), before);
  WriteTable(other, MakeTable(5, 3), Precision::kInt8, R"({"tokenizer":"words"})");
  EXPECT_NE(StoreFingerprint(EmbeddingStore(other)), before);
}

}  // namespace
}  // namespace wordkin
