#include "train/glove/glove_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/support/error.h"
#include "tests/unit/common/store/store_testing.h"
#include "train/glove/glove_kernel.h"

namespace wordkin::train {
namespace {

GloveOptions OptionsOf(std::size_t dimension) {
  GloveOptions options;
  options.dimension = dimension;
  return options;
}

// w2, w9 and a word of its own; rarer than those of MakeTable.
Vocabulary SomeWords() { return Vocabulary({{"w2", 5}, {"new", 4}, {"w9", 3}}); }

bool SameRow(const AlignedMatrix& a, std::size_t row, std::span<const float> b) {
  return std::ranges::equal(a.Row(row), b);
}

TEST(GloveState, ComesBackFromACheckpointBitForBit) {
  // 14 and 15: a vector, its bias and 1 fill a line, or begin another.
  for (const std::size_t dimension : {1u, 14u, 15u, 40u}) {
    const TemporaryFolder folder;
    const GloveOptions options = OptionsOf(dimension);
    GloveState state = InitialGloveState(10, options);
    EmbeddingTable table = MakeTable(10, dimension);
    table.glove_word_rows = std::move(state.word_rows);
    table.glove_context_rows = std::move(state.context_rows);
    const std::string path = folder.PathOf("c.kin");
    WriteTable(path, table, Precision::kFloat32, "{}", "{}");
    VerifyStore(path);
    GloveOptions other = options;
    other.seed = 2;
    GloveState restored = InitialGloveState(10, other);
    ASSERT_FALSE(SameRow(restored.word_rows, 3, table.glove_word_rows.Row(3)));
    TakeGloveRows(EmbeddingStore(path), restored);
    for (std::size_t row = 0; row < 10; ++row) {
      EXPECT_TRUE(SameRow(restored.word_rows, row, table.glove_word_rows.Row(row)));
      EXPECT_TRUE(SameRow(restored.context_rows, row, table.glove_context_rows.Row(row)));
    }
  }
}

TEST(GloveState, IsRefusedFromAStoreThatHasItNotOrOfOtherWords) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("c.kin");
  GloveState state = InitialGloveState(10, OptionsOf(6));
  WriteTable(path, MakeTable(10, 6), Precision::kFloat32, "{}", "{}");
  EXPECT_NE(Refusal([&] { TakeGloveRows(EmbeddingStore(path), state); }).find("c.kin"),
            std::string::npos);
  EmbeddingTable table = MakeTable(9, 6);
  GloveState smaller = InitialGloveState(9, OptionsOf(6));
  table.glove_word_rows = std::move(smaller.word_rows);
  table.glove_context_rows = std::move(smaller.context_rows);
  WriteTable(path, table, Precision::kFloat32, "{}", "{}");
  EXPECT_NE(Refusal([&] { TakeGloveRows(EmbeddingStore(path), state); }), "");
}

TEST(GloveState, BeginsWithHalfOfAVectorOnEitherSide) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  const EmbeddingTable table = MakeTable(10, 6);
  WriteTable(path, table, Precision::kFloat32);
  const GloveOptions options = OptionsOf(6);
  const GloveState fresh = InitialGloveState(3, options);
  GloveState state = InitialGloveState(3, options);
  TakeVectors(EmbeddingStore(path), SomeWords(), TakenRows::kInputsAndOutputs, options, state);
  const AlignedMatrix sums = VectorsOf(state, OutputVectors::kSum, options);
  const AlignedMatrix words = VectorsOf(state, OutputVectors::kWord, options);
  EXPECT_TRUE(SameRow(sums, 0, table.rows.Row(2)));
  EXPECT_TRUE(SameRow(sums, 2, table.rows.Row(9)));
  EXPECT_EQ(words.Row(0)[1], table.rows.Row(2)[1] / 2);
  // What the store says nothing of stays: the new word, biases, AdaGrad's sums.
  EXPECT_TRUE(SameRow(state.word_rows, 1, fresh.word_rows.Row(1)));
  for (std::size_t column = 6; column < 16; ++column) {
    const std::size_t place = GloveRowLayout::ValueAt(column);
    EXPECT_EQ(state.word_rows.Row(0)[place], fresh.word_rows.Row(0)[place]);
  }
  EXPECT_EQ(state.context_rows.Row(0)[GloveRowLayout::SumAt(2)], 1);
}

EmbeddingTable TableWithContexts() {
  EmbeddingTable table = MakeTable(10, 6);
  table.output_rows = MakeTable(10, 6, 7).rows;
  return table;
}

GloveState TakenFrom(const EmbeddingTable& table, TakenRows taken, const GloveOptions& options) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, table, Precision::kFloat32);
  GloveState state = InitialGloveState(3, options);
  TakeVectors(EmbeddingStore(path), SomeWords(), taken, options, state);
  return state;
}

TEST(GloveState, BeginsWithTheContextsThatAStoreKeeps) {
  const EmbeddingTable table = TableWithContexts();
  const GloveOptions options = OptionsOf(6);
  const GloveState state = TakenFrom(table, TakenRows::kInputsAndOutputs, options);
  EXPECT_TRUE(SameRow(VectorsOf(state, OutputVectors::kBoth, options), 0, table.rows.Row(2)));
  EXPECT_TRUE(
      SameRow(VectorsOf(state, OutputVectors::kContext, options), 2, table.output_rows.Row(9)));
}

TEST(GloveState, LeavesContextsThatAreNoWordsAlone) {
  const EmbeddingTable table = TableWithContexts();
  const GloveOptions options = OptionsOf(6);
  const GloveState state = TakenFrom(table, TakenRows::kInputsOnly, options);
  EXPECT_TRUE(SameRow(VectorsOf(state, OutputVectors::kSum, options), 0, table.rows.Row(2)));
}

TEST(GloveState, NamesTheDimensionThatWouldFit) {
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  WriteTable(path, MakeTable(10, 6), Precision::kFloat32);
  GloveState state = InitialGloveState(3, OptionsOf(5));
  EXPECT_NE(Refusal(
                [&] {
                  TakeVectors(EmbeddingStore(path), SomeWords(), TakenRows::kInputsAndOutputs,
                              OptionsOf(5), state);
                },
                ErrorKind::kUsage)
                .find("add --dimension 6"),
            std::string::npos);
}

}  // namespace
}  // namespace wordkin::train
