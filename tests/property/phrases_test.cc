// Joining phrases on many threads, in chunks and over spilt ids gives what the plainest way gives.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/unit/common/support/temporary_folder.h"
#include "train/phrases/join_phrases.h"
#include "train/phrases/pair_scores.h"

namespace wordkin::train {
namespace {

using Line = std::vector<std::string>;
using WordPair = std::pair<std::string, std::string>;

// Words by Zipf's law; some always come with another, so that there is much to join.
std::vector<Line> RandomLines(std::mt19937& random, std::size_t line_count,
                              std::size_t words_a_line) {
  std::vector<Line> lines(line_count);
  for (Line& line : lines) {
    while (line.size() < words_a_line) {
      const auto rank = random() % (1 + random() % (1 + random() % 400));
      line.push_back("w" + std::to_string(rank));
      for (auto next = rank; next % 3 == 1 && random() % 5 != 0; ++next) {
        line.push_back("w" + std::to_string(next + 1));
      }
      while (random() % 7 == 0) line.push_back("w2");  // runs of one word
    }
  }
  return lines;
}

std::string TextOf(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    for (const std::string& word : line) text += word + ' ';
    text.back() = '\n';
  }
  return text;
}

void JoinLine(const std::set<WordPair>& pairs, const std::string& joiner, Line& line) {
  Line joined;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i + 1 < line.size() && pairs.contains({line[i], line[i + 1]})) {
      joined.push_back(line[i] + joiner + line[i + 1]);
      ++i;
    } else {
      joined.push_back(line[i]);
    }
  }
  line = joined;
}

// The contract of a pass in the plainest way.
void JoinPlainly(const PhraseOptions& options, double threshold, std::vector<Line>& lines) {
  std::map<std::string, std::uint64_t> counts;
  std::map<WordPair, std::uint64_t> pair_counts;
  std::uint64_t word_count = 0;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      ++counts[line[i]];
      ++word_count;
      if (i > 0) ++pair_counts[{line[i - 1], line[i]}];
    }
  }
  std::set<WordPair> pairs;
  for (const auto& [pair, count] : pair_counts) {
    if (count < options.min_count) continue;
    const PairStatistics statistics = {count, counts[pair.first], counts[pair.second], word_count};
    if (ScoreOfPair(statistics, options) > threshold) pairs.insert(pair);
  }
  for (Line& line : lines) JoinLine(pairs, options.joiner, line);
}

std::vector<std::string> WordsOf(const EncodedCorpus& corpus) {
  std::vector<std::string> words;
  for (const WordId id : corpus.ids.ids()) {
    words.emplace_back(id == kSentenceEnd ? "\n" : corpus.vocabulary.Word(id));
  }
  return words;
}

// Without the words below 'min_count', and what that leaves of lines.
std::vector<std::string> FrequentWords(const std::vector<Line>& lines, std::uint64_t min_count) {
  std::map<std::string, std::uint64_t> counts;
  for (const Line& line : lines) {
    for (const std::string& word : line) ++counts[word];
  }
  std::vector<std::string> words;
  for (const Line& line : lines) {
    bool begins = !words.empty();
    for (const std::string& word : line) {
      if (counts[word] < min_count) continue;
      if (std::exchange(begins, false)) words.emplace_back("\n");
      words.push_back(word);
    }
  }
  return words;
}

class Phrases : public ::testing::TestWithParam<PhraseScore> {
 protected:
  void ExpectPlain(const std::vector<Line>& lines, const PhraseOptions& options) {
    std::vector<Line> plain = lines;
    double threshold = options.threshold;
    for (int pass = 0; pass < options.pass_count; ++pass) {
      JoinPlainly(options, threshold, plain);
      threshold *= options.threshold_fall;
    }
    const std::vector<std::string> expected = FrequentWords(plain, 20);
    WriteText(folder_.PathOf("corpus"), TextOf(lines));
    const std::pair<int, std::uint64_t> kinds[] = {{1, 0}, {2, 50'000}, {5, 0}};
    for (const auto& [thread_count, memory_limit] : kinds) {
      SCOPED_TRACE(std::to_string(thread_count) + " threads");
      CorpusOptions corpus_options;
      corpus_options.min_count = 20;
      corpus_options.thread_count = thread_count;
      corpus_options.memory_limit_bytes = memory_limit;
      corpus_options.scratch_folder = folder_.path();
      CorpusReader reader({folder_.PathOf("corpus")});
      PhraseOptions with_threads = options;
      with_threads.thread_count = thread_count;
      const std::atomic<bool> stop{false};
      const JoinedPhrases joined =
          JoinPhrases(EncodeCorpus(reader, ForPhrases(corpus_options), {}, stop), with_threads,
                      corpus_options, {}, stop);
      ASSERT_TRUE(WordsOf(joined.corpus) == expected);
      ASSERT_GT(joined.phrases.size(), 10u);
      std::map<std::string, std::uint64_t> counts;
      for (const std::string& word : expected) ++counts[word];
      for (WordId id = 0; id < joined.corpus.vocabulary.size(); ++id) {
        ASSERT_EQ(joined.corpus.vocabulary.Count(id),
                  counts[std::string(joined.corpus.vocabulary.Word(id))]);
      }
      ASSERT_EQ(joined.corpus.kept_word_count, joined.corpus.vocabulary.total_count());
    }
  }

  TemporaryFolder folder_;
};

TEST_P(Phrases, AreThoseOfThePlainestWay) {
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  PhraseOptions options;
  options.score = GetParam();
  options.threshold = GetParam() == PhraseScore::kNpmi ? 0.3 : 10;
  options.threshold_fall = 0.7;
  options.pass_count = 2;
  options.joiner = "+";
  ExpectPlain(RandomLines(random, 10'000, 8), options);
  if (GetParam() == PhraseScore::kNpmi) return;
  // One line, which is cut where no pair crosses, whatever the score.
  ExpectPlain(RandomLines(random, 1, 560'000), options);
}

INSTANTIATE_TEST_SUITE_P(Scores, Phrases,
                         ::testing::Values(PhraseScore::kWord2vec, PhraseScore::kNpmi));

}  // namespace
}  // namespace wordkin::train
