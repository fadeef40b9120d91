// Whatever text comes, of every kind of tokenizer: ranges lie in the text and in order, words count
// up, equal texts are cut alike, and long words take no more than linear time.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>
#include <string>

#include "common/text/utf8.h"
#include "contextual/tokenizers/tokenizer_file.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::contextual {
namespace {

std::unique_ptr<const Tokenizer> Named(const std::string& name) {
  if (name == "words") return std::make_unique<WordTokenizer>(TokenizerKind::kWords);
  if (name == "characters") return std::make_unique<WordTokenizer>(TokenizerKind::kCharacters);
  return ReadTokenizer(std::string(WORDKIN_GOLDEN_FOLDER) + "/tokenizers/" + name);
}

// Pieces of text that have a part in some rule, and bytes that are no characters.
std::string RandomText(std::mt19937& random, std::size_t piece_count) {
  const std::string pieces[] = {"the",
                                "River",
                                "'ll",
                                "café",
                                "e\u0301",
                                "\u0323",
                                "\u0301",
                                "\u1112",
                                "\u1161",
                                "한",
                                "山",
                                "か\u3099",
                                "İ",
                                "ß",
                                "ﬁ",
                                "…",
                                "\u200D",
                                "👩‍👩‍👧",
                                "\U00020000",
                                " ",
                                "  ",
                                "\u00A0",
                                "\u3000",
                                "\t",
                                "\r\n",
                                "\n",
                                ".",
                                "!?",
                                "12",
                                "½",
                                "<s>",
                                "</s>",
                                "<mask>",
                                "[MASK]",
                                "<extra_id_0>",
                                "\u2581",
                                "[SEP]",
                                "<|endoftext|>",
                                "\x80",
                                "\xC3",
                                "\xE3\x80",
                                "\xF0\x9F",
                                "\uFFFD",
                                "\uFEFF",
                                std::string(1, '\0'),
                                "x",
                                "qu",
                                "\u0344"};
  std::string text;
  for (std::size_t i = 0; i < piece_count; ++i) text += pieces[random() % std::size(pieces)];
  return text;
}

bool BeginsCharacter(const std::string& text, std::size_t position) {
  return position == text.size() || (static_cast<unsigned char>(text[position]) & 0xC0) != 0x80;
}

void Check(const std::string& text, const TokenizedText& tokenized) {
  const std::size_t size = tokenized.size();
  ASSERT_EQ(tokenized.pieces.size(), size);
  ASSERT_EQ(tokenized.offsets.size(), size);
  ASSERT_EQ(tokenized.words.size(), size);
  ASSERT_LE(tokenized.leading + tokenized.trailing, size);
  const bool is_valid = IsValidUtf8(text);
  std::size_t last_begin = 0;
  std::int32_t last_word = kNoWord;
  for (std::size_t i = 0; i < size; ++i) {
    const bool is_around = i < tokenized.leading || i >= size - tokenized.trailing;
    ASSERT_EQ(tokenized.words[i] == kNoWord, is_around);
    const ByteRange range = tokenized.offsets[i];
    if (is_around) {
      ASSERT_EQ(range, ByteRange{});
      continue;
    }
    ASSERT_LE(range.begin, range.end);
    ASSERT_LE(range.end, text.size());
    ASSERT_GE(range.begin, last_begin) << "piece " << i;
    ASSERT_GE(tokenized.words[i], last_word);
    last_begin = range.begin;
    last_word = tokenized.words[i];
    if (!is_valid) continue;
    ASSERT_TRUE(BeginsCharacter(text, range.begin) && BeginsCharacter(text, range.end));
  }
}

class Tokenizing : public testing::TestWithParam<std::string> {};

TEST_P(Tokenizing, KeepsItsPromisesWhateverTheText) {
  const auto tokenizer = Named(GetParam());
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 1500; ++round) {
    const std::string text = RandomText(random, 1 + random() % 30);
    SCOPED_TRACE(text);
    const TokenizedText once = tokenizer->Tokenize(text);
    ASSERT_NO_FATAL_FAILURE(Check(text, once));
    const TokenizedText again = tokenizer->Tokenize(text);
    ASSERT_EQ(once.ids, again.ids);
    ASSERT_EQ(once.offsets, again.offsets);
    if (tokenizer->vocabulary_size() == 0) continue;
    for (const std::int32_t id : once.ids) {
      ASSERT_LT(static_cast<std::size_t>(id), tokenizer->vocabulary_size());
    }
  }
}

TEST_P(Tokenizing, CoversEveryLetter) {
  const auto tokenizer = Named(GetParam());
  const std::string text = "The river, she said: it's 14 horses old.";
  std::string covered(text.size(), ' ');
  for (const ByteRange& range : tokenizer->Tokenize(text).offsets) {
    covered.replace(range.begin, range.end - range.begin,
                    text.substr(range.begin, range.end - range.begin));
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::isalnum(static_cast<unsigned char>(text[i])) == 0) continue;
    EXPECT_EQ(covered[i], text[i]) << i;
  }
}

// Quadratic time would be minutes: for sanitizers, too, this is far below the limit.
TEST_P(Tokenizing, TakesNoLongForALongWord) {
  const auto tokenizer = Named(GetParam());
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string unit : {"a", "th", "é", "e\u0301", " ", "\u2581", ".", "<s>", "\u0301"}) {
    std::string text;
    while (text.size() < 100000) text += unit;
    const TokenizedText tokenized = tokenizer->Tokenize(text);
    ASSERT_NO_FATAL_FAILURE(Check(text, tokenized)) << unit;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(elapsed.count(), 60.0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Tokenizing,
                         testing::Values("words", "characters", "bert_uncased", "bert_cased",
                                         "gpt2", "roberta", "roberta_prefixed", "t5", "t5_new"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace wordkin::contextual
