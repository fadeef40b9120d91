// Files that somebody made on purpose: every checksum fits, and the content lies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <functional>
#include <limits>

#include "common/store/section_codec.h"
#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

// Offsets in a directory entry and in the shape, from docs/store_format.md.
constexpr std::size_t kCodec = 4;
constexpr std::size_t kFlags = 8;
constexpr std::size_t kReserved = 12;
constexpr std::size_t kOffset = 16;
constexpr std::size_t kStoredLength = 24;
constexpr std::size_t kRawLength = 32;
constexpr std::size_t kMoreReserved = 48;

constexpr std::uint64_t kHuge[] = {std::uint64_t{1} << 31, std::uint64_t{1} << 32,
                                   std::uint64_t{1} << 62, std::uint64_t{1} << 63,
                                   ~std::uint64_t{0}};

class CraftedStore : public testing::Test {
 protected:
  void SetUp() override { Make(Precision::kTwoPlane); }

  void Make(Precision precision) {
    WriteTable(path_, MakeTable(40, 5), precision, R"({"program":"wordkin and some more words"})");
    sound_ = ReadBytes(path_);
  }

  void Craft(const std::function<void(StoreSurgery&)>& change) {
    StoreSurgery surgery(sound_);
    change(surgery);
    surgery.Repair();
    WriteBytes(path_, surgery.bytes());
  }

  // What opening says of the sound file after 'change'.
  std::string OpeningRefusalAfter(const std::function<void(StoreSurgery&)>& change) {
    Craft(change);
    AskEverything(path_);
    return OpeningRefusal(path_);
  }

  // The same of verifying, where opening finds nothing.
  std::string VerifyRefusalAfter(const std::function<void(StoreSurgery&)>& change) {
    EXPECT_EQ(OpeningRefusalAfter(change), "");
    return VerifyRefusal(path_);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("v.kin");
  std::vector<std::byte> sound_;
};

TEST_F(CraftedStore, IsSoundBeforeItIsChanged) {
  EXPECT_EQ(VerifyRefusalAfter([](StoreSurgery&) {}), "");
  EXPECT_EQ(ReadBytes(path_), sound_);
}

TEST_F(CraftedStore, TakesNoMemoryForLengthsThatAreNotThere) {
  rusage before = {};
  getrusage(RUSAGE_SELF, &before);
  for (const std::uint64_t huge : kHuge) {
    for (const std::size_t offset : {0u, 8u}) {
      EXPECT_THAT(OpeningRefusalAfter([&](StoreSurgery& surgery) {
                    surgery.SetContent(SectionKind::kShape, offset, huge);
                  }),
                  HasSubstr("section"));
    }
    for (auto kind = std::uint32_t{1}; kind <= 12; ++kind) {
      if (kind == 9) continue;
      for (const std::size_t field : {kOffset, kStoredLength, kRawLength}) {
        EXPECT_THAT(OpeningRefusalAfter([&](StoreSurgery& surgery) {
                      surgery.SetEntry(static_cast<SectionKind>(kind), field, huge);
                    }),
                    HasSubstr("section"))
            << kind << " " << field;
      }
      EXPECT_NE(OpeningRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetEntry(static_cast<SectionKind>(kind), kStoredLength, huge);
                  surgery.SetEntry(static_cast<SectionKind>(kind), kRawLength, huge);
                }),
                "");
    }
    for (const std::size_t field : {16u, 24u, 32u}) {
      EXPECT_NE(OpeningRefusalAfter([&](StoreSurgery& surgery) { surgery.SetHeader(field, huge); }),
                "");
    }
  }
  rusage after = {};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 << 10) << "kilobytes";
}

TEST_F(CraftedStore, RefusesShapesWhoseProductsWrap) {
  const auto refusal = [&](std::uint64_t rows, std::uint64_t dimension) {
    return OpeningRefusalAfter([&](StoreSurgery& surgery) {
      surgery.SetContent(SectionKind::kShape, 0, rows);
      surgery.SetContent(SectionKind::kShape, 8, dimension);
    });
  };
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 32;
  EXPECT_THAT(refusal(kHalf, kHalf), HasSubstr("section shape has 4294967296 rows"));
  EXPECT_THAT(refusal(kHalf - 2, kHalf), HasSubstr("section shape has 4294967296 dimensions"));
  EXPECT_THAT(refusal(kHalf - 2, 65536), HasSubstr("has a length of"));
  EXPECT_THAT(refusal(0, 5), HasSubstr("section shape has 0 rows"));
  EXPECT_THAT(refusal(40, 0), HasSubstr("section shape has 0 dimensions"));
  EXPECT_THAT(refusal(41, 5), HasSubstr("has a length of"));
  EXPECT_THAT(refusal(40, 6), HasSubstr("section low-plane has a length of"));
}

TEST_F(CraftedStore, RefusesSectionsThatOverlapOrLeaveGaps) {
  const auto moved = [&](std::int64_t by) {
    return OpeningRefusalAfter([&](StoreSurgery& surgery) {
      const auto offset = Load<std::uint64_t>(
          surgery.bytes(), surgery.EntryOffset(SectionKind::kLowPlane) + kOffset);
      surgery.SetEntry(SectionKind::kLowPlane, kOffset, offset + static_cast<std::uint64_t>(by));
    });
  };
  for (const std::int64_t by : {-64, 64, 1, -1, -100000}) {
    EXPECT_THAT(moved(by), HasSubstr("section low-plane does not lie where it must")) << by;
  }
}

TEST_F(CraftedStore, RefusesALengthThatWrapsRoundToAnEarlierSection) {
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                const auto offset_of = [&](SectionKind kind) {
                  return Load<std::uint64_t>(surgery.bytes(), surgery.EntryOffset(kind) + kOffset);
                };
                // Counts, in disguise, would end where row-scales begin; metadata follow there.
                const std::uint64_t scales = offset_of(SectionKind::kRowScales);
                const std::uint64_t wrapped = scales - offset_of(SectionKind::kCounts);
                const std::uint64_t rest = surgery.bytes().size() - 16 - scales;
                surgery.SetEntry(SectionKind::kMetadata, kOffset, scales);
                surgery.SetEntry(SectionKind::kMetadata, kStoredLength, rest);
                surgery.SetEntry(SectionKind::kMetadata, kRawLength, rest);
                surgery.SetEntry(SectionKind::kMetadata, kCodec, std::uint32_t{0});
                surgery.SetEntry(SectionKind::kCounts, kStoredLength, wrapped);
                surgery.SetEntry(SectionKind::kCounts, 0, std::uint32_t{500});
              }),
              HasSubstr("section 500 does not lie where it must"));
}

TEST_F(CraftedStore, RefusesEntriesOutOfOrder) {
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                const auto one =
                    surgery.bytes().begin() +
                    static_cast<std::ptrdiff_t>(surgery.EntryOffset(SectionKind::kScanPlane));
                std::swap_ranges(one, one + 64, one + 64);
              }),
              HasSubstr("does not lie where it must"));
}

TEST_F(CraftedStore, RefusesBytesThatBelongToNoSection) {
  Craft([](StoreSurgery& surgery) {
    surgery.bytes().insert(surgery.bytes().end() - 16, 64, std::byte{});
    surgery.Repair(true);
  });
  EXPECT_THAT(OpeningRefusal(path_), HasSubstr("bytes that belong to no section"));
}

TEST_F(CraftedStore, RefusesMissingAndRepeatedSections) {
  const auto renamed = [&](SectionKind from, SectionKind to, bool critical) {
    return OpeningRefusalAfter([&](StoreSurgery& surgery) {
      surgery.SetEntry(from, kFlags, std::uint32_t{critical});
      surgery.SetEntry(from, 0, static_cast<std::uint32_t>(to));
    });
  };
  constexpr auto kUnknown = static_cast<SectionKind>(500);
  for (std::uint32_t kind = 1; kind <= 10; ++kind) {
    if (kind == 9) continue;
    const auto known = static_cast<SectionKind>(kind);
    EXPECT_THAT(renamed(known, kUnknown, false),
                HasSubstr("section " + std::string(SectionName(known)) + " is missing"));
  }
  EXPECT_THAT(renamed(SectionKind::kMetadata, SectionKind::kCounts, false),
              HasSubstr("section counts occurs twice"));
  EXPECT_THAT(renamed(SectionKind::kMetadata, SectionKind::kFloatRows, true),
              HasSubstr("section float-rows has no place in a store of precision two-plane"));
}

TEST_F(CraftedStore, AsksForANewerVersionWhereALaterFormatWasUsed) {
  const std::string newer = "'" + path_ + "' needs a newer version of Wordkin: ";
  EXPECT_EQ(
      OpeningRefusalAfter([](StoreSurgery& surgery) { surgery.SetHeader(8, std::uint32_t{2}); }),
      newer +
          "it is of format version 2, and version 1 is the one known here (upgrade "
          "wordkin)");
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kMetadata, kFlags, std::uint32_t{1});
                surgery.SetEntry(SectionKind::kMetadata, 0, std::uint32_t{500});
              }),
              HasSubstr(newer + "section 500 is not known here"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kCounts, kCodec, std::uint32_t{2});
              }),
              HasSubstr(newer + "section counts is compressed by codec 2"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kShape, 16, std::uint32_t{4});
              }),
              HasSubstr(newer + "its precision is not known here"));
}

TEST_F(CraftedStore, RefusesReservedBytesThatAreNotZero) {
  for (std::size_t offset = 48; offset < 56; ++offset) {
    EXPECT_THAT(OpeningRefusalAfter(
                    [&](StoreSurgery& surgery) { surgery.SetHeader(offset, std::uint8_t{1}); }),
                HasSubstr("reserved bytes of the header"));
  }
  for (const std::size_t offset : {kReserved, kReserved + 3, kMoreReserved, std::size_t{63}}) {
    EXPECT_THAT(OpeningRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetEntry(SectionKind::kWords, offset, std::uint8_t{1});
                }),
                HasSubstr("section words has reserved bytes"));
  }
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kShape, 20, std::uint32_t{1});
              }),
              HasSubstr("section shape has reserved bytes"));
}

TEST_F(CraftedStore, RefusesWrongFlagsAndCodecs) {
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kWords, kFlags, std::uint32_t{0});
              }),
              HasSubstr("section words has the wrong critical flag"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kWords, kFlags, std::uint32_t{3});
              }),
              HasSubstr("section words has reserved bytes"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kWords, kCodec, std::uint32_t{1});
              }),
              HasSubstr("section words is compressed, which it must not be"));
}

TEST_F(CraftedStore, RefusesADirectoryOfAnotherSizeOrPlace) {
  for (const std::uint32_t count : {0u, 1u, 5u, 257u, 0xFFFFFFFFu}) {
    EXPECT_THAT(OpeningRefusalAfter([&](StoreSurgery& surgery) { surgery.SetHeader(12, count); }),
                HasSubstr("the directory"))
        << count;
  }
  EXPECT_THAT(
      OpeningRefusalAfter([](StoreSurgery& surgery) { surgery.SetHeader(24, std::uint64_t{128}); }),
      HasSubstr("the directory does not lie where it must"));
}

TEST_F(CraftedStore, RefusesFramesThatAreNotWhatTheDirectorySays) {
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.Content(SectionKind::kRowScales)[0] ^= std::byte{1};
                surgery.SetEntry(SectionKind::kRowScales, kCodec, std::uint32_t{1});
              }),
              HasSubstr("section row-scales can not be decompressed"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kMetadata, kCodec, std::uint32_t{1});
                surgery.SetEntry(SectionKind::kMetadata, kRawLength, (std::uint64_t{64} << 20) + 1);
              }),
              HasSubstr("section metadata has a length of 67108865 bytes"));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kMetadata, kCodec, std::uint32_t{1});
                surgery.SetEntry(SectionKind::kMetadata, kRawLength, std::uint64_t{64} << 20);
              }),
              HasSubstr("section metadata can not be decompressed"));
  EXPECT_THAT(OpeningRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kMetadata, kCodec, std::uint32_t{1});
                surgery.SetEntry(SectionKind::kMetadata, kRawLength, std::uint64_t{1} << 40);
                surgery.SetEntry(SectionKind::kMetadata, 0, std::uint32_t{13});
              }),
              HasSubstr("section graph has a raw length of"));
}

// The lies that only a look at the content finds.

TEST_F(CraftedStore, IsRefusedByVerifyForItsWords) {
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kWords, 1, '\xFF');
              }),
              HasSubstr("section words holds a word that is not valid UTF-8"));
  EXPECT_THAT(VerifyRefusalAfter(
                  [](StoreSurgery& surgery) { surgery.SetContent(SectionKind::kWords, 0, '\0'); }),
              HasSubstr("section words holds a wrong length"));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kWordBlocks, 4, std::uint32_t{1});
              }),
              HasSubstr("section word-blocks does not say where the words begin"));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                const auto last = surgery.Content(SectionKind::kWords).size() - 4;
                surgery.SetContent(SectionKind::kWords, last, '\1');
              }),
              HasSubstr("section words holds more than the words"));
  EXPECT_THAT(VerifyRefusalAfter(
                  [](StoreSurgery& surgery) { surgery.SetContent(SectionKind::kWords, 2, '1'); }),
              HasSubstr("section "));
}

TEST_F(CraftedStore, IsRefusedByVerifyForItsIndex) {
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kBucketStarts, 0, std::uint32_t{1});
              }),
              HasSubstr("section bucket-starts does not divide the words"));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kBucketStarts, 8, std::uint32_t{41});
              }),
              HasSubstr("section bucket-starts does not divide the words"));
  for (const std::uint32_t id : {40u, 0xFFFFFFFFu}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kBucketWords, 8, id);
                }),
                HasSubstr("section bucket-words does not hold each word once"));
  }
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                const auto words = surgery.Content(SectionKind::kBucketWords);
                std::swap_ranges(words.begin(), words.begin() + 4, words.end() - 4);
              }),
              HasSubstr("section bucket-words "));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                const auto start =
                    Load<std::uint32_t>(surgery.Content(SectionKind::kBucketStarts), 4);
                surgery.SetContent(SectionKind::kBucketStarts, 4, start + 1);
              }),
              HasSubstr("section bucket-words "));
}

TEST_F(CraftedStore, IsRefusedByVerifyForAWordThatOccursTwice) {
  WriteTable(path_, MakeTable(5, 5), Precision::kTwoPlane);
  sound_ = ReadBytes(path_);
  EXPECT_THAT(VerifyRefusalAfter(
                  [](StoreSurgery& surgery) { surgery.SetContent(SectionKind::kWords, 2, '1'); }),
              HasSubstr("section words holds a word twice"));
}

TEST_F(CraftedStore, IsRefusedByVerifyForItsPlanes) {
  // The row 40 and the column 5 are padding.
  ScanPlane plane;
  plane.row_count = 40;
  plane.dimension = 5;
  for (const std::size_t offset : {plane.Offset(40, 0), plane.Offset(0, 5)}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kScanPlane, offset, std::uint8_t{129});
                }),
                HasSubstr("section scan-plane has padding that is not zero"));
  }
  EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kScanPlane, plane.Offset(3, 2), std::uint8_t{0});
              }),
              HasSubstr("section scan-plane holds a value out of bounds"));
  for (const std::size_t row : {0u, 39u, 40u, 47u}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kCosineFactors, row * 2, std::uint16_t{0x7C00});
                }),
                HasSubstr("section cosine-factors does not fit section scan-plane"));
  }
}

TEST_F(CraftedStore, IsRefusedByVerifyForItsRows) {
  const float infinite = std::numeric_limits<float>::infinity();
  // So few scales do not shrink, so they lie there raw.
  WriteTable(path_, MakeTable(5, 5), Precision::kTwoPlane);
  sound_ = ReadBytes(path_);
  for (const float scale : {infinite, -1.0f, std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  ASSERT_EQ(surgery.Content(SectionKind::kRowScales).size(), 20u);
                  surgery.SetContent(SectionKind::kRowScales, 8, scale);
                }),
                HasSubstr("section row-scales holds a scale that is no size"));
  }
  for (const float scale : {0.0f, std::numeric_limits<float>::max()}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kRowScales, 8, scale);
                }),
                HasSubstr("section row-scales does not fit the planes"));
  }
  Make(Precision::kFloat32);
  for (const float value : {infinite, std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_THAT(VerifyRefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kFloatRows, 8, value);
                }),
                HasSubstr("section float-rows holds a value that is not finite"));
  }
}

// Its length comes out as 0, as if the row were zero.
TEST(EmbeddingStoreRows, RefuseNoNumberAmongZeros) {
  const TemporaryFolder folder;
  EmbeddingTable table = MakeTable(2, 3);
  for (float& value : table.rows.Row(0)) value = 0;
  WriteTable(folder.PathOf("v.kin"), table, Precision::kFloat32);
  StoreSurgery surgery(ReadBytes(folder.PathOf("v.kin")));
  surgery.SetContent(SectionKind::kFloatRows, 4, std::numeric_limits<float>::quiet_NaN());
  surgery.Repair();
  WriteBytes(folder.PathOf("v.kin"), surgery.bytes());
  const EmbeddingStore store(folder.PathOf("v.kin"));
  EXPECT_THAT(Refusal([&] { UnitRowOf(store, 0); }),
              HasSubstr("section float-rows holds a value that is not finite"));
}

TEST_F(CraftedStore, IsRefusedByVerifyForItsMetadataAndPadding) {
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kMetadata, 3, '\xFF');
              }),
              HasSubstr("section metadata is not valid UTF-8"));
  EXPECT_THAT(VerifyRefusalAfter([](StoreSurgery& surgery) {
                *surgery.Content(SectionKind::kWords).end() = std::byte{1};
              }),
              HasSubstr("section words is followed by padding that is not zero"));
}

}  // namespace
}  // namespace wordkin
