// Random tables come back from every kind of store as they went in.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>
#include <set>

#include "common/text/utf8.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

std::string RandomWord(Random& random) {
  std::string word;
  // Most words are short; one in fifty needs two bytes for its length.
  const std::uint32_t length = 1 + random.Below(random.Below(50) == 0 ? 300 : 12);
  while (word.size() < length) {
    const char32_t code_point = random.Below(4) == 0 ? random.Below(0x110000) : random.Below(0x80);
    const bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
    if (!is_surrogate) AppendUtf8(code_point, word);
  }
  return word;
}

EmbeddingTable RandomTable(Random& random) {
  const std::size_t row_count = 1 + random.Below(200);
  const std::size_t dimension = 1 + random.Below(70);
  std::set<std::string> words;
  while (words.size() < row_count) words.insert(RandomWord(random));
  std::vector<Vocabulary::Entry> entries;
  std::uint64_t count = random.Next64() >> random.Below(64);
  for (const std::string& word : words) {
    entries.push_back({word, count});
    count -= count / (2 + random.Below(10));
  }
  AlignedMatrix rows(row_count, dimension);
  for (std::size_t row = 0; row < row_count; ++row) {
    if (random.Below(20) == 0) continue;
    // Sizes over the whole range of float, denormal ones included.
    const float size = std::exp2(static_cast<float>(random.Below(270)) - 145);
    for (float& value : rows.Row(row)) value = (random.NextFloat() * 2 - 1) * size;
  }
  return {Vocabulary(entries), std::move(rows)};
}

// The most that a value may differ from the one it was, given the largest of its row.
double Tolerance(Precision precision, double largest) {
  constexpr double kSmallestFloat = 0x1p-149;
  switch (precision) {
    case Precision::kInt8:
      return largest / 254 + 256 * kSmallestFloat;
    case Precision::kTwoPlane:
      return largest / 64900 + kSmallestFloat;
    case Precision::kFloat32:
      return 0;
  }
  return 0;
}

void ExpectSame(const EmbeddingTable& table, const EmbeddingStore& store) {
  ASSERT_EQ(store.size(), table.vocabulary.size());
  ASSERT_EQ(store.dimension(), table.rows.dimension());
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  for (WordId id = 0; id < store.size(); ++id) {
    ASSERT_EQ(store.Word(id), table.vocabulary.Word(id));
    ASSERT_EQ(store.Find(table.vocabulary.Word(id)), id);
    ASSERT_EQ(counts[id], table.vocabulary.Count(id));
    const std::vector<float> row = RowOf(store, id);
    double largest = 0;
    for (const float value : table.rows.Row(id)) {
      largest = std::max<double>(largest, std::fabs(value));
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      ASSERT_NEAR(row[i], table.rows.Row(id)[i], Tolerance(store.precision(), largest));
    }
  }
}

std::uint64_t PrintedSeed() {
  const char* const given = std::getenv("WORDKIN_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
  std::printf("seed %llu (repeat with WORDKIN_TEST_SEED)\n", static_cast<unsigned long long>(seed));
  return seed;
}

// Most are short, some empty, few longer than a frame.
std::string RandomText(Random& random) {
  const std::uint32_t bound = random.Below(30) == 0 ? 200'000 : 300;
  const std::uint32_t length = random.Below(bound);
  std::string text;
  while (text.size() < length) text += RandomWord(random) + " ";
  return text;
}

TEST(StoreRoundTrip, GivesBackEveryTable) {
  const std::uint64_t seed = PrintedSeed();
  const TemporaryFolder folder;
  const std::string path = folder.PathOf("v.kin");
  for (std::uint64_t repeat = 0; repeat < 30; ++repeat) {
    Random random(MixSeeds(seed, repeat));
    const EmbeddingTable table = RandomTable(random);
    for (const Precision precision : kAllPrecisions) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", repeat " + std::to_string(repeat) + ", " +
                   std::string(PrecisionName(precision)));
      WriteTable(path, table, precision, "{}");
      VerifyStore(path);
      ExpectSame(table, EmbeddingStore(path));
      if (HasFatalFailure()) return;
    }
  }
}

// Written at once or one part behind the other: the same texts, and the same rows bit for bit.
TEST(StoreRoundTrip, GivesBackTextsThatCameInTwoParts) {
  const std::uint64_t seed = PrintedSeed();
  const TemporaryFolder folder;
  const std::string whole_path = folder.PathOf("whole.kin"), path = folder.PathOf("parts.kin");
  for (std::uint64_t repeat = 0; repeat < 5; ++repeat) {
    Random random(MixSeeds(seed, repeat));
    EmbeddingTable table = RandomTable(random);
    std::vector<std::string> texts(table.vocabulary.size());
    for (std::string& text : texts) text = RandomText(random);
    const Precision precision = kAllPrecisions[random.Below(3)];
    SCOPED_TRACE("seed " + std::to_string(seed) + ", repeat " + std::to_string(repeat));
    WriteDocuments(whole_path, table, precision, texts);
    const std::size_t first = random.Below(static_cast<std::uint32_t>(texts.size())) + 1;
    EmbeddingTable begin{{}, AlignedMatrix(first, table.rows.dimension())};
    EmbeddingTable rest{table.vocabulary,
                        AlignedMatrix(texts.size() - first, table.rows.dimension())};
    std::vector<Vocabulary::Entry> entries;
    for (std::size_t row = 0; row < texts.size(); ++row) {
      const bool is_first = row < first;
      std::ranges::copy(table.rows.Row(row),
                        (is_first ? begin.rows.Row(row) : rest.rows.Row(row - first)).begin());
      if (is_first) entries.push_back({std::string(table.vocabulary.Word(WordId(row))), 0});
    }
    begin.vocabulary = Vocabulary(entries);
    WriteDocuments(path, begin, precision, {texts.begin(), texts.begin() + std::ptrdiff_t(first)});
    {
      const EmbeddingStore earlier(path);
      TextFrames frames;
      frames.AddStored(earlier);
      for (std::size_t row = first; row < texts.size(); ++row) frames.Add(texts[row]);
      frames.Finish();
      AtomicFile file(path);
      WriteStore(file, rest, {.precision = precision, .texts = &frames, .earlier_rows = &earlier});
    }
    VerifyStore(whole_path);
    VerifyStore(path);
    const EmbeddingStore whole(whole_path), parts(path);
    for (WordId id = 0; id < whole.size(); ++id) {
      ASSERT_EQ(RowOf(parts, id), RowOf(whole, id));
      ASSERT_EQ(parts.Word(id), whole.Word(id));
      ASSERT_EQ(TextsOf(parts, {id}).front(), texts[id]);
      ASSERT_EQ(TextsOf(whole, {id}).front(), texts[id]);
    }
  }
}

}  // namespace
}  // namespace wordkin
