#include "train/glove/counts_file.h"
#include "tests/unit/train/never_stop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/support/error.h"
#include "common/support/random.h"
#include "counts_surgery.h"
#include "tests/unit/common/support/temporary_folder.h"
#include "train/glove/count_pairs.h"
#include "train/glove/count_rows.h"
#include "train/glove/training_tiles.h"

namespace wordkin::train {
namespace {

class CountsFile : public testing::Test {
 protected:
  CountsFile() {
    std::vector<Vocabulary::Entry> entries;
    for (int word = 0; word < 30; ++word) {
      entries.push_back({"w" + std::to_string(word), static_cast<std::uint64_t>(60 - word)});
    }
    corpus_.vocabulary = Vocabulary(entries);
    corpus_.bytes_read = 123;
    corpus_.content_hash = 0xABCDEF;
    corpus_.word_count = 400;
    corpus_.notes.nul_bytes = 3;
    Random random(1);
    std::vector<WordId> ids(400);
    for (WordId& id : ids) id = random.Below(30);
    counts_ = CountPairs(ids, 30, options_, {}, kNeverStop);
    AtomicFile file(path_);
    WriteCountsFile(file, corpus_, {TokenizerKind::kWords, 5, 30, 10}, counts_);
  }

  // How opening and decoding 'text' ends.
  std::string Outcome(const std::string& text) {
    WriteText(path_, text);
    try {
      const CountedCorpus read = ReadCountsFile(path_);
      if (read.counts.pair_count() > 0) {
        const TrainingTiles tiles(read.counts, options_, 1 << 30, kNeverStop);
      }
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kDamaged ? "damaged" : error.what();
    }
    return "read";
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.PathOf("counts");
  GloveOptions options_;
  EncodedCorpus corpus_;
  PairCounts counts_;
};

TEST_F(CountsFile, ComesBackAsItWas) {
  const CountedCorpus read = ReadCountsFile(path_);
  EXPECT_EQ(read.facts.tokenizer, TokenizerKind::kWords);
  EXPECT_EQ(read.facts.min_count, 5u);
  EXPECT_EQ(read.facts.max_vocabulary, 30u);
  EXPECT_EQ(read.facts.window_radius, 10);
  EXPECT_EQ(read.corpus.bytes_read, 123u);
  EXPECT_EQ(read.corpus.content_hash, 0xABCDEFu);
  EXPECT_EQ(read.corpus.notes, corpus_.notes);
  ASSERT_EQ(read.corpus.vocabulary.size(), 30u);
  EXPECT_EQ(read.corpus.vocabulary.Word(7), "w7");
  EXPECT_EQ(read.corpus.vocabulary.Count(7), 53u);
  EXPECT_EQ(read.counts.unit(), 2520u);
  EXPECT_EQ(read.counts.pair_count(), counts_.pair_count());
  ASSERT_EQ(read.counts.blocks().size(), counts_.blocks().size());
  for (std::size_t i = 0; i < counts_.blocks().size(); ++i) {
    EXPECT_EQ(read.counts.blocks()[i].first_row, counts_.blocks()[i].first_row);
    EXPECT_TRUE(std::ranges::equal(read.counts.blocks()[i].bytes, counts_.blocks()[i].bytes));
  }
}

TEST_F(CountsFile, IsRefusedWhenAnyByteIsAnother) {
  const std::string whole = ReadText(path_);
  ASSERT_EQ(Outcome(whole), "read");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    ASSERT_EQ(Outcome(damaged), "damaged") << i;
  }
}

TEST_F(CountsFile, IsRefusedWhenItIsCutOffOrLonger) {
  const std::string whole = ReadText(path_);
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    ASSERT_EQ(Outcome(whole.substr(0, length)), "damaged") << length;
  }
  EXPECT_EQ(Outcome(whole + "x"), "damaged");
}

// Whoever damages it on purpose makes the checksums fit.
TEST_F(CountsFile, DoesNoHarmWhenItsChecksumsFit) {
  const std::string whole = ReadText(path_);
  int read = 0, damaged = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::vector<std::byte> bytes(whole.size());
      std::memcpy(bytes.data(), whole.data(), whole.size());
      bytes[i] ^= static_cast<std::byte>(flip);
      RepairCountsFile(bytes);
      const std::string outcome =
          Outcome({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      ASSERT_TRUE(outcome == "read" || outcome == "damaged") << i << ": " << outcome;
      ++(outcome == "read" ? read : damaged);
    }
  }
  EXPECT_GT(read, 100);
  EXPECT_GT(damaged, 100);
}

TEST_F(CountsFile, ThatIsMissingIsSaidSo) { EXPECT_THROW(ReadCountsFile("nowhere"), Error); }

}  // namespace
}  // namespace wordkin::train
