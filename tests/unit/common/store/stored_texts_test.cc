// Documents' texts in a store: written frame by frame, read back one by one, never believed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "common/store/section_codec.h"
#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Offsets in an entry of document-frames, from docs/store_format.md.
constexpr std::size_t kFrameOffset = 0, kFirstRow = 8, kFrameLength = 12, kEntry = 16;

// Three frames: the second text alone is longer than one.
std::vector<std::string> SomeTexts() {
  return {"a short text",
          std::string(80'000, 'x') + "\u00FC",
          "",
          "\u6211\u7231\u4E66",
          std::string(70'000, ' '),
          "the last\nof two lines"};
}

class StoredTextsTest : public testing::Test {
 protected:
  void SetUp() override { Make(SomeTexts()); }

  void Make(const std::vector<std::string>& texts) {
    WriteDocuments(path_, MakeTable(texts.size(), 3), Precision::kInt8, texts);
    sound_ = ReadBytes(path_);
  }

  // What verifying, which reads all texts, says after 'change'.
  std::string RefusalAfter(const std::function<void(StoreSurgery&)>& change) {
    StoreSurgery surgery(sound_);
    change(surgery);
    surgery.Repair();
    WriteBytes(path_, surgery.bytes());
    AskEverything(path_);
    EXPECT_EQ(OpeningRefusal(path_), "");
    return VerifyRefusal(path_);
  }

  // The same with the only frame's content, of the same length once compressed or not, as given.
  std::string RefusalOfFrame(const std::vector<std::byte>& content) {
    TextFrames frames;
    frames.Add("placeholder");
    frames.Finish();
    const std::vector<std::byte> frame = CompressToFrame(content);
    const EmbeddingStore store(path_);
    AtomicFile with_texts(other_path_);
    WriteStoreWithSection(with_texts, store, SectionKind::kDocumentTexts, frame);
    StoreSurgery surgery(ReadBytes(other_path_));
    surgery.SetContent(SectionKind::kDocumentFrames, kFrameLength,
                       static_cast<std::uint32_t>(content.size()));
    surgery.Repair();
    WriteBytes(other_path_, surgery.bytes());
    AskEverything(other_path_);
    return VerifyRefusal(other_path_);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("d.kin");
  const std::string other_path_ = folder_.PathOf("other.kin");
  std::vector<std::byte> sound_;
};

TEST_F(StoredTextsTest, ComeBackAsTheyWere) {
  VerifyStore(path_);
  const EmbeddingStore store(path_);
  ASSERT_NE(store.texts(), nullptr);
  EXPECT_EQ(store.texts()->frame_count(), 3u);
  const std::vector<std::string> texts = SomeTexts();
  std::vector<std::string> read;
  for (std::size_t i = 0; i < store.texts()->frame_count(); ++i) {
    const StoredTexts::Frame frame = store.texts()->ReadFrame(i);
    EXPECT_EQ(frame.first_row, read.size());
    read.insert(read.end(), frame.texts.begin(), frame.texts.end());
  }
  EXPECT_EQ(read, texts);
  EXPECT_THAT(TextsOf(store, {5, 0, 3, 0}), ElementsAre(texts[5], texts[0], texts[3], texts[0]));
  EXPECT_EQ(store.ReadDocumentSettings(), R"({"weighting":"mean"})");
}

// Far more than a reader keeps.
TEST_F(StoredTextsTest, ComeInAnyOrder) {
  std::vector<std::string> texts;
  for (int i = 0; i < 12; ++i) {
    texts.emplace_back(i % 3 == 0 ? 5'000'000 : 1'000'000, static_cast<char>('a' + i));
    texts.push_back("behind " + std::to_string(i));
  }
  Make(texts);
  const EmbeddingStore store(path_);
  TextReader reader(*store.texts());
  for (std::size_t step = 0; step < 100; ++step) {
    const std::size_t row = step * 7 % texts.size();
    EXPECT_TRUE(reader.Read(static_cast<WordId>(row)) == texts[row]) << row;
  }
}

TEST_F(StoredTextsTest, AreNotThereInAnotherStore) {
  WriteTable(path_, MakeTable(3, 3), Precision::kInt8);
  const EmbeddingStore store(path_);
  EXPECT_EQ(store.texts(), nullptr);
  EXPECT_EQ(store.ReadDocumentSettings(), "");
}

TEST_F(StoredTextsTest, AreKeptWhenAGraphIsAdded) {
  {
    const EmbeddingStore store(path_);
    AtomicFile file(path_);
    WriteStoreWithSection(file, store, SectionKind::kGraph, std::as_bytes(std::span("graph", 5)));
  }
  VerifyStore(path_);
  EXPECT_THAT(TextsOf(EmbeddingStore(path_), {0}), ElementsAre("a short text"));
}

TEST_F(StoredTextsTest, RefuseFramesWhoseRowsDoNotRise) {
  for (const std::uint32_t row : {0u, 1u, 5u, 6u, 7u, 0xFFFFFFFFu}) {
    EXPECT_THAT(RefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kDocumentFrames, kEntry + kFirstRow, row);
                }),
                HasSubstr("section document-"))
        << row;
  }
  EXPECT_THAT(RefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kDocumentFrames, kFirstRow, std::uint32_t{1});
              }),
              HasSubstr("section document-frames does not hold rows in rising order"));
}

TEST_F(StoredTextsTest, RefuseFramesThatLieElsewhere) {
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    EXPECT_THAT(RefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kDocumentFrames, kEntry + kFrameOffset, offset);
                }),
                HasSubstr("section document-"))
        << offset;
  }
  EXPECT_THAT(RefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kDocumentFrames, kFrameOffset, std::uint64_t{1});
              }),
              HasSubstr("section document-frames does not say where the frames begin"));
}

TEST_F(StoredTextsTest, TakeNoMemoryForALengthThatCanNotBe) {
  for (const std::uint32_t length : {0u, 3u, 1u << 26, 0xFFFFFFFFu}) {
    EXPECT_THAT(RefusalAfter([&](StoreSurgery& surgery) {
                  surgery.SetContent(SectionKind::kDocumentFrames, kFrameLength, length);
                }),
                HasSubstr("section document-frames holds a length that can not be"))
        << length;
  }
  EXPECT_THAT(RefusalAfter([](StoreSurgery& surgery) {
                surgery.SetContent(SectionKind::kDocumentFrames, kFrameLength, 80'000u);
              }),
              HasSubstr("section document-texts holds a frame that can not be decompressed"));
}

TEST_F(StoredTextsTest, NoticeAFlippedBitWithoutTheSectionsChecksum) {
  StoreSurgery surgery(sound_);
  surgery.Content(SectionKind::kDocumentTexts).back() ^= std::byte{1};
  WriteBytes(path_, surgery.bytes());
  const EmbeddingStore store(path_);
  EXPECT_THAT(Refusal([&] { TextsOf(store, {5}); }),
              HasSubstr("'" + path_ + "' is damaged: section document-texts holds a frame"));
  EXPECT_THAT(TextsOf(store, {0}), ElementsAre("a short text"));
}

TEST_F(StoredTextsTest, RefuseWhatDoesNotFillItsFrame) {
  Make({"only"});
  const auto content = [](std::uint32_t length, std::string_view text) {
    std::vector<std::byte> bytes(4);
    Store(std::span(bytes), 0, length);
    for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
    return bytes;
  };
  EXPECT_EQ(RefusalOfFrame(content(4, "only")), "");
  EXPECT_THAT(RefusalOfFrame(content(5, "only")), HasSubstr("does not end inside its frame"));
  EXPECT_THAT(RefusalOfFrame(content(~0u, "only")), HasSubstr("does not end inside its frame"));
  EXPECT_THAT(RefusalOfFrame(content(3, "only")), HasSubstr("with more than its texts"));
  EXPECT_THAT(RefusalOfFrame(content(4, "onl\xFF")), HasSubstr("is not valid UTF-8"));
}

TEST_F(StoredTextsTest, RefuseSectionsThatAreNotBothThere) {
  for (const SectionKind kind : {SectionKind::kDocumentFrames, SectionKind::kDocumentTexts}) {
    StoreSurgery surgery(sound_);
    surgery.SetEntry(kind, 0, std::uint32_t{99});
    surgery.Repair();
    WriteBytes(path_, surgery.bytes());
    EXPECT_THAT(OpeningRefusal(path_), HasSubstr("is missing"));
  }
}

TEST_F(StoredTextsTest, RefuseATableOfFramesOfTheWrongLength) {
  const EmbeddingStore store(path_);
  for (const std::size_t length : {0u, 8u, 17u, 112u}) {
    AtomicFile file(other_path_);
    EXPECT_THAT(Refusal(
                    [&] {
                      WriteStoreWithSection(file, store, SectionKind::kDocumentFrames,
                                            std::vector<std::byte>(length));
                    },
                    ErrorKind::kInternal),
                HasSubstr("can not be put into a store"))
        << length;
  }
}

class EarlierRows : public testing::TestWithParam<Precision> {};
INSTANTIATE_TEST_SUITE_P(Precisions, EarlierRows, testing::ValuesIn(kAllPrecisions),
                         [](const auto& parameter) {
                           std::string name(PrecisionName(parameter.param));
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(EarlierRows, StayBitForBitBeforeMore) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("d.kin"), longer_path = folder.PathOf("longer.kin");
  const EmbeddingTable all = MakeTable(30, 7);
  EmbeddingTable first = MakeTable(20, 7);
  WriteDocuments(path, first, GetParam(), std::vector<std::string>(20, "early"));
  const EmbeddingStore earlier(path);
  EmbeddingTable table{all.vocabulary, AlignedMatrix(10, 7)};
  for (std::size_t i = 0; i < 10; ++i) {
    std::ranges::copy(all.rows.Row(20 + i), table.rows.Row(i).begin());
  }
  TextFrames texts;
  texts.AddStored(earlier);
  for (int i = 0; i < 10; ++i) texts.Add("late");
  texts.Finish();
  {
    AtomicFile file(longer_path);
    WriteStore(file, table, {.precision = GetParam(), .texts = &texts, .earlier_rows = &earlier});
  }
  VerifyStore(longer_path);
  const EmbeddingStore longer(longer_path);
  ASSERT_EQ(longer.size(), 30u);
  std::vector<std::int8_t> high(7), low(7), longer_high(7), longer_low(7);
  for (WordId id = 0; id < 20; ++id) {
    EXPECT_EQ(RowOf(longer, id), RowOf(earlier, id));
    earlier.CopyPlanes(id, high, low);
    longer.CopyPlanes(id, longer_high, longer_low);
    EXPECT_EQ(longer_high, high);
    EXPECT_EQ(longer_low, low);
  }
  for (WordId id = 20; id < 30; ++id) {
    for (std::size_t i = 0; i < 7; ++i) {
      EXPECT_NEAR(RowOf(longer, id)[i], all.rows.Row(id)[i], 1.0 / 200);
    }
  }
  EXPECT_THAT(TextsOf(longer, {19, 20}), ElementsAre("early", "late"));
}

}  // namespace
}  // namespace wordkin
