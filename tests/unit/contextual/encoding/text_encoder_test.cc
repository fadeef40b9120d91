#include "contextual/encoding/text_encoder.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <iterator>

#include "contextual/encoder/thread_limit.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

TextEncoder Open(const EncoderFolder& folder) {
  return {folder.path(), EncoderPrecision::kFloat32, 2};
}

std::string Repeated(const std::string& word, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? " " : "") + word;
  return text;
}

// What 1_Pooling/config.json makes of the pooling.
Pooling PoolingOf(const std::string& json) {
  const EncoderFolder folder("bert");
  folder.Write("1_Pooling/config.json", json);
  return Open(folder).pooling();
}

TEST(TextEncoder, CutsWhatIsTooLongBeforeTheClosingPiece) {
  const TextEncoder encoder = Open(EncoderFolder("bert"));
  const TextEncoder::Pieces whole = encoder.Tokenize(Repeated("book", 46));
  EXPECT_EQ(whole.text.size(), 48u);
  EXPECT_FALSE(whole.is_cut());
  const TextEncoder::Pieces cut = encoder.Tokenize(Repeated("book", 45) + " read novel author");
  EXPECT_TRUE(cut.is_cut());
  EXPECT_EQ(cut.found, 50u);
  EXPECT_EQ(cut.text.size(), 48u);
  EXPECT_EQ(cut.text.pieces.front(), "[CLS]");
  EXPECT_EQ(cut.text.pieces[46], "read");
  EXPECT_EQ(cut.text.pieces.back(), "[SEP]");
  EXPECT_EQ(cut.text.ids.size(), 48u);
  EXPECT_EQ(cut.text.ids.back(), 3);
  EXPECT_EQ(cut.text.words.size(), 48u);
  EXPECT_EQ(cut.text.words[46], 45);
  EXPECT_EQ(cut.text.words.back(), kNoWord);
  EXPECT_EQ(cut.text.offsets.size(), 48u);
  EXPECT_EQ(cut.text.offsets[46], (ByteRange{225, 229}));
}

// In a process that has run nothing in parallel yet, as ctest's are.
TEST(TextEncoder, LoadsOnNoMoreThreadsThanItIsGiven) {
  const auto count_threads = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
  };
  const EncoderFolder folder("bert");
  const ThreadLimit four(4);
  const auto before = count_threads();
  const TextEncoder on_one(folder.path(), EncoderPrecision::kFloat32, 1);
  EXPECT_LE(count_threads(), before) << "OpenMP's threads stay";
  const TextEncoder on_three(folder.path(), EncoderPrecision::kFloat32, 3);
  EXPECT_LE(count_threads(), before + 2);
}

TEST(TextEncoder, CutsAMegabyte) {
  const TextEncoder encoder = Open(EncoderFolder("roberta"));
  const TextEncoder::Pieces cut = encoder.Tokenize(Repeated("book", 200'000));
  EXPECT_EQ(cut.text.size(), 48u);
  EXPECT_EQ(cut.text.pieces.back(), "</s>");
  EXPECT_GT(cut.found, 200'000u);
}

TEST(TextEncoder, TellsWhetherThereIsTextAtAll) {
  const TextEncoder bert = Open(EncoderFolder("bert")), gpt2 = Open(EncoderFolder("gpt2"));
  for (const char* text : {"", " ", "\t \n"}) {
    EXPECT_FALSE(bert.Tokenize(text).has_text());
    EXPECT_EQ(bert.Tokenize(text).text.size(), 2u);
    EXPECT_FALSE(bert.Tokenize(text).is_cut());
  }
  EXPECT_FALSE(gpt2.Tokenize("").has_text());
  EXPECT_TRUE(bert.Tokenize("a").has_text());
  EXPECT_FALSE(bert.Tokenize("\xff").has_text()) << "BERT drops U+FFFD";
  EXPECT_TRUE(gpt2.Tokenize("\xff").has_text());
  EXPECT_TRUE(gpt2.Tokenize(" ").has_text());
}

TEST(TextEncoder, PoolsAsTheFolderSaysAndElseByTheMean) {
  EXPECT_EQ(Open(EncoderFolder("bert")).pooling(), Pooling::kMean);
  EXPECT_EQ(Open(EncoderFolder("distilbert")).pooling(), Pooling::kCls);
  EXPECT_EQ(Open(EncoderFolder("roberta")).pooling(), Pooling::kMean) << "it has no 1_Pooling";
  EXPECT_EQ(PoolingOf(R"({"pooling_mode_max_tokens":true})"), Pooling::kMax);
}

TEST(TextEncoder, RefusesPoolingsThatItDoesNotHaveOnlyWhereTheyAreAskedFor) {
  for (const auto& [json, reason] :
       {std::pair("{}", "it asks for no pooling"),
        std::pair(R"({"pooling_mode_lasttoken":true})", "it asks for 'pooling_mode_lasttoken'"),
        std::pair(R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":true})",
                  "it asks for several poolings at once"),
        std::pair(R"({"pooling_mode_cls_token":true,"pooling_mode_weightedmean_tokens":true})",
                  "it asks for several poolings at once")}) {
    EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [&] { PoolingOf(json); }),
                AllOf(HasSubstr("1_Pooling/config.json': " + std::string(reason)),
                      EndsWith("; choose mean, cls or max with --pooling")));
  }
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [] { PoolingOf(R"({"pooling_mode_cls_token":1})"); }),
              HasSubstr("neither true nor false"));
  // Whoever has chosen another pooling can use the model.
  const EncoderFolder folder("bert");
  folder.Write("1_Pooling/config.json", "{}");
  EXPECT_TRUE(Open(folder).Tokenize("a book").has_text());
}

TEST(TextEncoder, RefusesATokenizerOfMorePiecesThanTheWeightsHave) {
  const EncoderFolder folder("bert");
  folder.Write("vocab.txt", ReadText(folder.PathOf("vocab.txt")) + "extra\n");
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [&] { Open(folder); }),
              AllOf(HasSubstr(folder.path()), HasSubstr("its tokenizer has 117 pieces"),
                    HasSubstr("its weights 116")));
}

TEST(TextEncoder, RefusesATokenizerOfFarFewerPiecesThanTheWeightsHave) {
  const EncoderFolder folder("bert");
  std::string vocabulary = ReadText(folder.PathOf("vocab.txt"));
  const auto drop = [&](int count) {
    for (int i = 0; i < count; ++i)
      vocabulary.erase(vocabulary.rfind('\n', vocabulary.size() - 2) + 1);
    folder.Write("vocab.txt", vocabulary);
  };
  drop(11);  // 105 of 116: as if weights were padded
  EXPECT_EQ(Open(folder).tokenizer().vocabulary_size(), 105u);
  drop(1);
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [&] { Open(folder); }),
              EndsWith("its tokenizer has 104 pieces, its weights 116: the files do not belong "
                       "together"));
}

TEST(TextEncoder, RefusesAModelWithoutRoomForAPieceBetweenTheTokenizersOwn) {
  const EncoderFolder folder("bert");
  const auto limit = [&](std::uint64_t count) {
    folder.Configure("max_position_embeddings", count);
    folder.EditTensor("embeddings.position_embeddings.weight", [&](PlainTensor& tensor) {
      tensor.bytes.resize(tensor.bytes.size() / tensor.shape[0] * count);
      tensor.shape[0] = count;
    });
  };
  limit(3);
  EXPECT_EQ(Open(folder).Tokenize("a book").text.size(), 3u);
  limit(2);
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [&] { Open(folder); }),
              AllOf(HasSubstr("config.json"), EndsWith("it takes texts of 2 pieces at most, of "
                                                       "which the tokenizer needs 2 for itself")));
}

TEST(TextEncoder, NamesTheTokenizersFileThatIsMissing) {
  const EncoderFolder folder("bert");
  folder.Remove("vocab.txt");
  EXPECT_THAT(RefusalOf(ErrorKind::kInputOutput, [&] { Open(folder); }),
              AllOf(HasSubstr(folder.path()), HasSubstr("vocab.txt")));
}

}  // namespace
}  // namespace wordkin::contextual
