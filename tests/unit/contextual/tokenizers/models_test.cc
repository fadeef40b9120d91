#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "contextual/tokenizers/byte_pair_model.h"
#include "contextual/tokenizers/unigram_model.h"
#include "contextual/tokenizers/word_piece_model.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

PieceIndex::Pieces PiecesOf(const std::vector<std::string>& names) {
  PieceIndex::Pieces pieces;
  for (const std::string& name : names) {
    pieces.Add(name, static_cast<std::int32_t>(pieces.size()));
  }
  return pieces;
}

std::vector<std::string> Cut(const PieceModel& model, std::string_view word) {
  std::vector<WordPart> parts;
  model.Cut(word, parts);
  std::vector<std::string> pieces;
  std::size_t end = 0;
  for (const WordPart& part : parts) {
    EXPECT_EQ(part.begin, end);
    end = part.end;
    pieces.emplace_back(model.Spelling(part, word));
  }
  return pieces;
}

template <typename Build>
std::string ModelRefusal(const Build& build) {
  try {
    build();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    return error.what();
  }
  return "none";
}

TEST(WordPieceModel, TakesTheLongestPieceFromTheLeft) {
  const WordPieceModel model(PiecesOf({"[UNK]", "un", "una", "##ffa", "##f", "##ble", "é"}), {});
  EXPECT_THAT(Cut(model, "unaffable"), ElementsAre("una", "##ffa", "##ble"));
  EXPECT_THAT(Cut(model, "é"), ElementsAre("é"));
}

TEST(WordPieceModel, DoesNotKnowAWordThatItCanNotFinish) {
  const WordPieceModel model(PiecesOf({"a", "##b", "[UNK]"}), {.most_characters = 3});
  EXPECT_THAT(Cut(model, "abc"), ElementsAre("[UNK]"));
  EXPECT_THAT(Cut(model, "abb"), ElementsAre("a", "##b", "##b"));
  EXPECT_THAT(Cut(model, "abbb"), ElementsAre("[UNK]"));
  // Characters are counted, not bytes.
  EXPECT_THAT(Cut(model, "ééé"), ElementsAre("[UNK]"));
}

TEST(WordPieceModel, NeedsItsUnknownPieceAndDistinctOnes) {
  EXPECT_THAT(ModelRefusal([] { WordPieceModel(PiecesOf({"a"}), {}); }), HasSubstr("[UNK]"));
  EXPECT_THAT(ModelRefusal([] {
                WordPieceModel(PiecesOf({"[UNK]", "a", "a"}), {});
              }),
              HasSubstr("has the ids 1 and 2"));
}

TEST(WordPieceModel, RefusesPiecesThatAreNoPartOfAnyWord) {
  const std::string longest(1024, 'a');
  EXPECT_THAT(Cut(WordPieceModel(PiecesOf({"[UNK]", longest}), {.most_characters = 2000}), longest),
              ElementsAre(longest));
  EXPECT_THAT(ModelRefusal([&] {
                WordPieceModel(PiecesOf({"[UNK]", longest + "a"}), {});
              }),
              HasSubstr("piece 1 of the vocabulary is longer than 1024 bytes"));
}

// Seconds to cut a word in whose every place all lengths up to 'longest' are tried.
double SecondsToTry(std::size_t longest) {
  const std::string piece = "##" + std::string(longest - 1, 'a') + "b";
  const WordPieceModel model(PiecesOf({"[UNK]", "a", "##a", piece}),
                             {.most_characters = 1'000'000});
  const std::string word(2000, 'a');
  std::vector<WordPart> parts;
  double least = 1e9;
  for (int i = 0; i < 20; ++i) {
    const auto start = std::chrono::steady_clock::now();
    parts.clear();
    model.Cut(word, parts);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    least = std::min(least, taken.count());
  }
  EXPECT_EQ(parts.size(), word.size());
  return least;
}

// Each length once hashed from its beginning took the square of the longest piece.
TEST(WordPieceModel, TakesTimeLinearInTheLongestPiece) {
  const double ratio = SecondsToTry(1000) / SecondsToTry(100);
  std::cout << "ten times the length takes " << ratio << " times the time\n";
  EXPECT_LT(ratio, 35) << "the square would take 57 times the time";
}

PieceList<std::uint32_t> MergesOf(const std::vector<std::pair<std::string, std::string>>& pairs) {
  PieceList<std::uint32_t> merges;
  for (const auto& [left, right] : pairs) {
    merges.Add(left + right, static_cast<std::uint32_t>(left.size()));
  }
  return merges;
}

BytePairModel Pairs(BytePairOptions options = {}) {
  return BytePairModel(PiecesOf({"a", "b", "c", "ab", "bc", "abc", "aa", "?"}),
                       MergesOf({{"b", "c"}, {"a", "b"}, {"a", "bc"}, {"a", "a"}}), options);
}

TEST(BytePairModel, MergesByRank) {
  EXPECT_THAT(Cut(Pairs(), "abc"), ElementsAre("abc"));
  EXPECT_THAT(Cut(Pairs(), "abab"), ElementsAre("ab", "ab"));
  EXPECT_THAT(Cut(Pairs(), "aaa"), ElementsAre("aa", "a"));
  EXPECT_THAT(Cut(Pairs(), "aabc"), ElementsAre("a", "abc"));
}

TEST(BytePairModel, LeavesOutOrNamesWhatItDoesNotKnow) {
  std::vector<WordPart> parts;
  Pairs().Cut("axxb", parts);
  EXPECT_EQ(parts.size(), 1u);  // neighbours once what was between them is gone
  EXPECT_THAT(Cut(Pairs({.unknown_piece = "?"}), "axxb"), ElementsAre("a", "?", "?", "b"));
  EXPECT_THAT(Cut(Pairs({.unknown_piece = "?", .fuses_unknown = true}), "axxb"),
              ElementsAre("a", "?", "b"));
}

TEST(BytePairModel, MayTakeAWholeWordBeforeAnyMerge) {
  const PieceIndex::Pieces pieces = PiecesOf({"a", "b", "ab"});
  EXPECT_THAT(Cut(BytePairModel(pieces, {}, {.unknown_piece = {}, .ignores_merges = true}), "ab"),
              ElementsAre("ab"));
  EXPECT_THAT(Cut(BytePairModel(pieces, {}, {}), "ab"), ElementsAre("a", "b"));
}

TEST(BytePairModel, RefusesMergesThatItCanNotDo) {
  EXPECT_THAT(ModelRefusal([] {
                BytePairModel(PiecesOf({"a", "b"}), MergesOf({{"a", "b"}}), {});
              }),
              HasSubstr("merge 1, of 'a' and 'b', needs the piece 'ab'"));
  EXPECT_THAT(ModelRefusal([] {
                BytePairModel(PiecesOf({"a", "aa"}), MergesOf({{"a", "a"}, {"a", "a"}}), {});
              }),
              HasSubstr("second time"));
  EXPECT_THAT(ModelRefusal([] { Pairs({.unknown_piece = "!"}); }), HasSubstr("unknown characters"));
}

UnigramModel Scored(const std::vector<std::pair<std::string, double>>& scored,
                    std::optional<std::int32_t> unknown_id = 0, bool falls_back_to_bytes = false) {
  PieceList<double> pieces;
  for (const auto& [piece, score] : scored) pieces.Add(piece, score);
  return UnigramModel(std::move(pieces), unknown_id, falls_back_to_bytes);
}

TEST(UnigramModel, TakesTheWayOfTheHighestScore) {
  const UnigramModel model =
      Scored({{"<unk>", 0}, {"a", -1}, {"b", -1}, {"ab", -3}, {"abc", -1.5}, {"c", -1}});
  EXPECT_THAT(Cut(model, "abc"), ElementsAre("abc"));
  EXPECT_THAT(Cut(model, "ab"), ElementsAre("a", "b"));
}

TEST(UnigramModel, FusesWhatItDoesNotKnow) {
  const UnigramModel model = Scored({{"<unk>", 0}, {"a", -1}});
  EXPECT_THAT(Cut(model, "xéay"), ElementsAre("xé", "a", "y"));
  std::vector<WordPart> parts;
  model.Cut("xé", parts);
  EXPECT_EQ(parts.at(0).id, 0);
}

TEST(UnigramModel, FallsBackToBytesWhenTheFileAsksForIt) {
  const UnigramModel model = Scored({{"<unk>", 0}, {"<0xC3>", -9}, {"<0xA9>", -9}}, 0, true);
  std::vector<WordPart> parts;
  model.Cut("é", parts);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].id, 1);
  EXPECT_EQ(parts[1].id, 2);
  EXPECT_THAT(Cut(model, "ü"), ElementsAre("ü"));  // a byte of it is no piece
}

TEST(UnigramModel, RefusesBrokenVocabularies) {
  EXPECT_THAT(ModelRefusal([] { Scored({}); }), HasSubstr("empty"));
  EXPECT_THAT(ModelRefusal([] { Scored({{"a", 0}}, 1); }), HasSubstr("unk_id is 1"));
  EXPECT_THAT(ModelRefusal([] { Scored({{"a", 0}, {"a", 0}}); }), HasSubstr("has the ids 0 and 1"));
  EXPECT_THAT(ModelRefusal([] { Scored({{"", 0}}); }), HasSubstr("piece 0"));
  EXPECT_THAT(ModelRefusal([] { Scored({{std::string(2000, 'a'), 0}}); }), HasSubstr("longer"));
  EXPECT_THAT(ModelRefusal([] { Scored({{"a", std::nan("")}}); }), HasSubstr("no number"));
  const UnigramModel model = Scored({{"a", 0}}, std::nullopt);
  EXPECT_THAT(ModelRefusal([&] { Cut(model, "b"); }), HasSubstr("no unk_id"));
}

}  // namespace
}  // namespace wordkin::contextual
