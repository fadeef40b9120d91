// The vocabulary and the ids do not depend on threads, blocks, compression or memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/unit/common/support/temporary_folder.h"
#include "tests/unit/common/text/compressed.h"
#include "tests/unit/common/text/recorded_words.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::train {
namespace {

constexpr std::uint64_t kMinCount = 3;

// Lines of words drawn by Zipf's law, with what else text may hold strewn in.
std::string RandomText(std::mt19937& random, std::size_t word_count) {
  const char* const pieces[] = {"\n",
                                "\r\n",
                                "\n\n",
                                "\u3000",
                                "\u2028",
                                ",",
                                "'",
                                "\u2019s",
                                "-",
                                "\xFF",
                                "\u00C9",
                                "e\u0301",
                                "\u6771\u4EAC",
                                "\u304B\u3099",
                                "\xE2\x82",
                                "\u200D"};
  std::string text;
  for (std::size_t i = 0; i < word_count; ++i) {
    const std::uint64_t rank = 1 + random() % (1 + random() % (1 + random() % 3000));
    text += (random() % 2 == 0 ? "w" : "W") + std::to_string(rank);
    if (random() % 4 == 0) text += pieces[random() % std::size(pieces)];
    if (random() % 3 != 0) text += ' ';
    if (random() % 2000 == 0) text += std::string(3000, 'x') + "\xE3\x80" + ' ';
    if (random() % 500 == 0) text.push_back('\0');
  }
  return text;
}

struct PlainCorpus {
  std::vector<std::pair<std::string, std::uint64_t>> vocabulary;
  std::vector<WordId> ids;
};

// The contract of EncodeCorpus in the plainest way.
PlainCorpus EncodePlainly(const std::vector<std::string>& words) {
  std::map<std::string, std::uint64_t> counts;
  for (const std::string& word : words) {
    if (word != "\n") ++counts[word];
  }
  PlainCorpus plain;
  for (const auto& [word, count] : counts) {
    if (count >= kMinCount) plain.vocabulary.emplace_back(word, count);
  }
  std::stable_sort(plain.vocabulary.begin(), plain.vocabulary.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::map<std::string, WordId> ids;
  for (const auto& [word, count] : plain.vocabulary) {
    ids.emplace(word, static_cast<WordId>(ids.size()));
  }
  bool line_ended = false;
  for (const std::string& word : words) {
    const auto id = ids.find(word);
    if (word == "\n") line_ended = true;
    if (id == ids.end()) continue;
    if (line_ended && !plain.ids.empty()) plain.ids.push_back(kSentenceEnd);
    line_ended = false;
    plain.ids.push_back(id->second);
  }
  return plain;
}

class CorpusEncoding : public ::testing::TestWithParam<TokenizerKind> {};

TEST_P(CorpusEncoding, DoesNotDependOnThreadsBlocksOrMemory) {
  const TemporaryFolder folder;
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string texts[] = {RandomText(random, 20'000), RandomText(random, 5'000)};
  WriteText(folder.PathOf("a"), texts[0]);
  WriteText(folder.PathOf("b"), Zstd(texts[1]));
  const std::vector<std::string> paths = {folder.PathOf("a"), folder.PathOf("b")};
  const SplitText split = Split(texts[0] + "\n" + texts[1], GetParam());
  const PlainCorpus plain = EncodePlainly(split.words);
  std::optional<std::uint64_t> content_hash;
  for (const std::size_t block_bytes : {100, 4096, 65'537, 1 << 20}) {
    for (const int thread_count : {1, 2, 3, 7}) {
      for (const std::uint64_t memory_limit : {0, 10'000}) {
        SCOPED_TRACE(std::to_string(block_bytes) + " bytes a block, " +
                     std::to_string(thread_count) + " threads, memory " +
                     std::to_string(memory_limit));
        CorpusReader reader(paths, block_bytes);
        CorpusOptions options;
        options.tokenizer = GetParam();
        options.min_count = kMinCount;
        options.thread_count = thread_count;
        options.memory_limit_bytes = memory_limit;
        options.scratch_folder = folder.path();
        const EncodedCorpus corpus = EncodeCorpus(reader, options, {}, std::atomic<bool>(false));
        ASSERT_EQ(corpus.vocabulary.size(), plain.vocabulary.size());
        for (WordId id = 0; id < corpus.vocabulary.size(); ++id) {
          ASSERT_EQ(corpus.vocabulary.Word(id), plain.vocabulary[id].first);
          ASSERT_EQ(corpus.vocabulary.Count(id), plain.vocabulary[id].second);
        }
        ASSERT_TRUE(std::ranges::equal(corpus.ids.ids(), plain.ids));
        ASSERT_EQ(corpus.ids.is_in_memory(), memory_limit == 0);
        ASSERT_EQ(corpus.notes, split.notes);
        ASSERT_EQ(corpus.content_hash, content_hash.value_or(corpus.content_hash));
        content_hash = corpus.content_hash;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Tokenizers, CorpusEncoding,
                         ::testing::Values(TokenizerKind::kWhitespace, TokenizerKind::kWords,
                                           TokenizerKind::kCharacters));

}  // namespace
}  // namespace wordkin::train
