// Files that an accident harmed: bits that flipped, ends that are missing. Checksums do not fit.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <tuple>

#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

bool NamesAPart(std::string_view message) {
  for (const std::string_view part : {"section ", "header", "directory", "tail", "magic"}) {
    if (message.find(part) != std::string_view::npos) return true;
  }
  return false;
}

class StoreDamage : public testing::TestWithParam<std::tuple<Precision, bool>> {
 protected:
  void SetUp() override {
    const auto [precision, has_subwords] = GetParam();
    if (has_subwords) {
      const SubwordOptions options = {SubwordHash::kFloret, 2, 3, 11, 2};
      WriteTable(path_, MakeSubwordTable(3, 5, options), precision, "{}", R"({"position":7})");
    } else if (precision == Precision::kInt8) {
      WriteDocuments(path_, MakeTable(3, 5), precision, {"one text", "", "and another"});
    } else {
      EmbeddingTable table = MakeTable(7, 5);
      if (precision == Precision::kFloat32) AddGloveRows(table);
      WriteTable(path_, table, precision, R"({"program":"wordkin"})", "{}");
    }
    const std::string graph = "no graph, but bytes in its place";
    AddSection(SectionKind::kGraph, std::as_bytes(std::span(graph)));
    AddSection(SectionKind::kNibblePlane, PackNibbles(EmbeddingStore(path_).scan_plane()));
    sound_ = ReadBytes(path_);
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(descriptor_, 0);
  }

  void TearDown() override { close(descriptor_); }

  void AddSection(SectionKind kind, std::span<const std::byte> content) {
    const EmbeddingStore store(path_);
    AtomicFile file(path_);
    WriteStoreWithSection(file, store, kind, content);
  }

  // In place, as a failing disk does it, without the cost of a new file each time.
  void Overwrite(std::size_t offset, std::byte value) {
    ASSERT_EQ(pwrite(descriptor_, &value, 1, static_cast<off_t>(offset)), 1);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("v.kin");
  std::vector<std::byte> sound_;
  int descriptor_ = -1;
};

INSTANTIATE_TEST_SUITE_P(Precisions, StoreDamage,
                         testing::Combine(testing::ValuesIn(kAllPrecisions), testing::Bool()),
                         [](const auto& parameter) {
                           std::string name(PrecisionName(std::get<0>(parameter.param)));
                           std::erase(name, '-');
                           return name + (std::get<1>(parameter.param) ? "WithSubwords" : "");
                         });

TEST_P(StoreDamage, IsFoundInEveryBitAndItsPartIsNamed) {
  ASSERT_EQ(VerifyRefusal(path_), "");
  for (std::size_t bit = 0; bit < sound_.size() * 8; ++bit) {
    const std::byte byte = sound_[bit / 8];
    Overwrite(bit / 8, byte ^ static_cast<std::byte>(1 << bit % 8));
    ASSERT_PRED1(NamesAPart, VerifyRefusal(path_)) << "bit " << bit;
    Overwrite(bit / 8, byte);
  }
}

TEST_P(StoreDamage, NeverCrashesAQuestion) {
  for (std::size_t offset = 0; offset < sound_.size(); ++offset) {
    for (const std::byte mask : {std::byte{0x01}, std::byte{0x80}, std::byte{0xFF}}) {
      Overwrite(offset, sound_[offset] ^ mask);
      AskEverything(path_);
    }
    Overwrite(offset, sound_[offset]);
  }
  EXPECT_EQ(ReadBytes(path_), sound_);
}

TEST_P(StoreDamage, IsFoundAtOpeningWhereverTheFileWasCut) {
  for (std::size_t size = sound_.size(); size-- > 0;) {
    std::filesystem::resize_file(path_, size);
    ASSERT_THAT(OpeningRefusal(path_), ContainsRegex("cut off|empty|magic")) << size;
  }
}

TEST_P(StoreDamage, IsFoundAtOpeningWhenBytesWereAppended) {
  for (const std::size_t count : {1u, 16u, 64u, 5000u}) {
    std::filesystem::resize_file(path_, sound_.size() + count);
    EXPECT_THAT(OpeningRefusal(path_), HasSubstr("bytes where its header says"));
  }
}

TEST_P(StoreDamage, IsFoundWhenABlockOfTheFileIsZero) {
  for (std::size_t begin = 0; begin < sound_.size(); begin += 64) {
    std::vector<std::byte> bytes = sound_;
    const auto block =
        std::span(bytes).subspan(begin, std::min<std::size_t>(64, bytes.size() - begin));
    std::fill(block.begin(), block.end(), std::byte{});
    // The offsets of few words are zero from the first.
    if (bytes == sound_) continue;
    WriteBytes(path_, bytes);
    ASSERT_PRED1(NamesAPart, VerifyRefusal(path_)) << begin;
    AskEverything(path_);
  }
}

}  // namespace
}  // namespace wordkin
