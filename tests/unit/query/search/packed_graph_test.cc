#include "query/search/packed_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::size_t kNodeCount = 5;
constexpr std::size_t kHeaderBits = 24 * 8;
constexpr std::size_t kLevelBits = 5;
constexpr std::size_t kDegreeBits = 3;  // for a connectivity of 2
constexpr std::size_t kIdBits = 3;      // for 5 nodes

// Node 3 is on levels 0 to 2, node 1 on 0 and 1, the others on 0.
std::vector<std::byte> PackSmallGraph() {
  GraphPacker packer(2, std::vector<std::uint8_t>{0, 1, 0, 2, 0}, 3);
  packer.Append(0, std::vector<WordId>{4, 1});
  packer.Append(1, std::vector<WordId>{0, 2, 3});
  packer.Append(1, std::vector<WordId>{3});
  packer.Append(2, std::vector<WordId>{});
  packer.Append(3, std::vector<WordId>{4, 2, 1, 0});
  packer.Append(3, std::vector<WordId>{1});
  packer.Append(3, std::vector<WordId>{});
  packer.Append(4, std::vector<WordId>{3, 4, 3, 0});  // itself and a repetition
  return packer.Finish();
}

// Overwrites the field of 'bit_count' bits that begins at 'bit'.
std::vector<std::byte> WithBits(std::vector<std::byte> bytes, std::size_t bit,
                                std::size_t bit_count, unsigned value) {
  for (std::size_t i = 0; i < bit_count; ++i) {
    const auto mask = std::byte{1} << static_cast<int>((bit + i) % 8);
    std::byte& byte = bytes[(bit + i) / 8];
    byte = (value >> i & 1) != 0 ? byte | mask : byte & ~mask;
  }
  return bytes;
}

std::string Complaint(std::span<const std::byte> bytes) {
  return Refusal([&] { CheckPackedGraph(bytes, kNodeCount, "v.kin"); });
}

TEST(PackedGraph, ReturnsWhatWasPackedInRisingOrder) {
  const std::vector<std::byte> bytes = PackSmallGraph();
  PackedGraph graph(bytes, kNodeCount, "v.kin");
  EXPECT_EQ(graph.connectivity(), 2);
  EXPECT_EQ(graph.entry_point(), 3u);
  EXPECT_THAT(graph.levels(), ElementsAre(0, 1, 0, 2, 0));
  const auto next = [&](WordId node, int level) {
    std::vector<WordId> links(4);
    links.resize(graph.ReadLinks(node, level, links));
    return links;
  };
  EXPECT_THAT(next(0, 0), ElementsAre(1, 4));
  EXPECT_THAT(next(1, 0), ElementsAre(0, 2, 3));
  EXPECT_THAT(next(1, 1), ElementsAre(3));
  EXPECT_THAT(next(2, 0), ElementsAre());
  EXPECT_THAT(next(3, 0), ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(next(3, 1), ElementsAre(1));
  EXPECT_THAT(next(3, 2), ElementsAre());
  EXPECT_THAT(next(4, 0), ElementsAre(0, 3));
  graph.ExpectEnd();
}

TEST(PackedGraph, TakesAsManyBytesAsTheFormatSays) {
  const std::size_t bits = kHeaderBits + 5 * kLevelBits + 8 * kDegreeBits + 13 * kIdBits;
  EXPECT_THAT(PackSmallGraph(), SizeIs((bits + 7) / 8));
}

TEST(PackedGraph, PacksANodeThatIsAlone) {
  GraphPacker packer(16, std::vector<std::uint8_t>{0}, 0);
  packer.Append(0, {});
  const std::vector<std::byte> bytes = packer.Finish();
  CheckPackedGraph(bytes, 1, "v.kin");
  EXPECT_THAT(bytes, SizeIs(24 + 2));
}

TEST(PackedGraph, RefusesEveryCut) {
  const std::vector<std::byte> bytes = PackSmallGraph();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_THAT(Complaint(std::span(bytes).first(length)), HasSubstr("graph is cut short"))
        << length;
  }
}

TEST(PackedGraph, RefusesAByteTooMany) {
  std::vector<std::byte> bytes = PackSmallGraph();
  bytes.push_back(std::byte{0});
  EXPECT_THAT(Complaint(bytes), HasSubstr("graph is too long"));
}

TEST(PackedGraph, RefusesPaddingThatIsNotZero) {
  GraphPacker packer(2, std::vector<std::uint8_t>{0, 0}, 0);
  packer.Append(0, std::vector<WordId>{1});
  packer.Append(1, std::vector<WordId>{0});
  std::vector<std::byte> bytes = packer.Finish();  // 10 + 2 * 4 bits, so 6 are left over
  bytes.back() |= std::byte{0x80};
  EXPECT_THAT(Refusal([&] { CheckPackedGraph(bytes, 2, "v.kin"); }),
              HasSubstr("padding that is not zero"));
}

TEST(PackedGraph, RefusesAHeaderOutOfRange) {
  const std::vector<std::byte> bytes = PackSmallGraph();
  EXPECT_THAT(Complaint(WithBits(bytes, 0, 32, 3)), HasSubstr("version 3"));
  EXPECT_THAT(Complaint(WithBits(bytes, 32, 32, 1)), HasSubstr("connectivity"));
  EXPECT_THAT(Complaint(WithBits(bytes, 32, 32, 101)), HasSubstr("connectivity"));
  EXPECT_THAT(Complaint(WithBits(bytes, 64, 32, 6)), HasSubstr("as many nodes"));
  EXPECT_THAT(Complaint(WithBits(bytes, 96, 32, 1)), HasSubstr("as many nodes"));
  EXPECT_THAT(Complaint(WithBits(bytes, 128, 32, 5)), HasSubstr("entry point that is no node"));
  EXPECT_THAT(Complaint(WithBits(bytes, 160, 32, 1)), HasSubstr("reserved"));
  EXPECT_THAT(Complaint(WithBits(bytes, 128, 32, 1)), HasSubstr("below the highest level"));
}

constexpr MeasuredEffort kMeasured[] = {{10, 0.5f, 100.0f}, {20, 0.75f, 180.0f}};

TEST(PackedGraph, KeepsWhatWasMeasured) {
  const std::vector<std::byte> bytes = WithMeasuredEfforts(PackSmallGraph(), kMeasured);
  EXPECT_EQ(Complaint(bytes), "");
  const PackedGraph graph(bytes, kNodeCount, "v.kin");
  ASSERT_THAT(graph.efforts(), SizeIs(2));
  EXPECT_EQ(graph.efforts()[1].effort, 20);
  EXPECT_EQ(graph.efforts()[1].recall, 0.75f);
  EXPECT_EQ(graph.efforts()[1].scored_rows, 180.0f);
  EXPECT_THAT(graph.levels(), ElementsAre(0, 1, 0, 2, 0));
  const std::vector<std::byte> plain = PackSmallGraph();
  EXPECT_THAT(PackedGraph(plain, kNodeCount, "v.kin").efforts(), SizeIs(0));
}

TEST(PackedGraph, RefusesMeasurementsThatCannotBe) {
  const auto complaint = [](MeasuredEffort first, MeasuredEffort second) {
    const MeasuredEffort efforts[] = {first, second};
    return Complaint(WithMeasuredEfforts(PackSmallGraph(), efforts));
  };
  const float not_a_number = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(complaint({10, 0.5f, 1}, {10, 0.5f, 1}), HasSubstr("do not rise"));
  EXPECT_THAT(complaint({0, 0.5f, 1}, {10, 0.5f, 1}), HasSubstr("do not rise"));
  EXPECT_THAT(complaint({10, 1.5f, 1}, {20, 0.5f, 1}), HasSubstr("cannot be"));
  EXPECT_THAT(complaint({10, not_a_number, 1}, {20, 0.5f, 1}), HasSubstr("cannot be"));
  EXPECT_THAT(complaint({10, 0.5f, -1}, {20, 0.5f, 1}), HasSubstr("cannot be"));
  const std::vector<std::byte> bytes = WithMeasuredEfforts(PackSmallGraph(), kMeasured);
  EXPECT_THAT(Complaint(WithBits(bytes, 160, 32, 65)), HasSubstr("too many measured"));
  EXPECT_THAT(Complaint(WithBits(bytes, 160, 32, 64)), HasSubstr("cut short"));
}

TEST(PackedGraph, RefusesLinksThatLeadAstray) {
  const std::vector<std::byte> bytes = PackSmallGraph();
  const std::size_t lists = kHeaderBits + 5 * kLevelBits;  // node 0: degree 2, links 1 and 4
  EXPECT_THAT(Complaint(WithBits(bytes, lists, kDegreeBits, 5)), HasSubstr("too many links"));
  const std::size_t first_link = lists + kDegreeBits;
  EXPECT_THAT(Complaint(WithBits(bytes, first_link, kIdBits, 5)), HasSubstr("no node"));
  EXPECT_THAT(Complaint(WithBits(bytes, first_link, kIdBits, 0)), HasSubstr("with itself"));
  EXPECT_THAT(Complaint(WithBits(bytes, first_link, kIdBits, 4)), HasSubstr("do not rise"));
  // Node 1 at level 1 links to node 3; to node 2, which is on level 0 alone, it must not.
  const std::size_t of_node_1 = first_link + 2 * kIdBits + kDegreeBits + 3 * kIdBits;
  EXPECT_THAT(Complaint(WithBits(bytes, of_node_1 + kDegreeBits, kIdBits, 2)),
              HasSubstr("below its level"));
}

TEST(PackedGraph, TakesNoMemoryForNodesThatAreNotThere) {
  std::vector<std::byte> bytes = PackSmallGraph();
  const std::size_t absurd = std::size_t{1} << 40;
  bytes = WithBits(bytes, 64, 32, 0);
  bytes = WithBits(bytes, 96, 32, 1 << 8);
  EXPECT_THAT(Refusal([&] { CheckPackedGraph(bytes, absurd, "v.kin"); }), HasSubstr("cut short"));
}

TEST(PackedGraph, NeverReadsOutsideWhicheverBitIsFlipped) {
  const std::vector<std::byte> bytes = PackSmallGraph();
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::vector<std::byte> damaged = bytes;
    damaged[bit / 8] ^= std::byte{1} << static_cast<int>(bit % 8);
    refused += Complaint(damaged).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, kHeaderBits - 8);
}

}  // namespace
}  // namespace wordkin::query
