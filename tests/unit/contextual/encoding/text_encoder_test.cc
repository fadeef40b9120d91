#include "contextual/encoding/text_encoder.h"

#include <gmock/gmock.h>

#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TextEncoder Open(const EncoderFolder& folder) {
  return {folder.path(), EncoderPrecision::kFloat32};
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
  for (const char* json : {"{}", R"({"pooling_mode_mean_sqrt_len_tokens":true})",
                           R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":true})"}) {
    EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [&] { PoolingOf(json); }),
                AllOf(HasSubstr("1_Pooling/config.json"), HasSubstr("choose one with --pooling")));
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

TEST(TextEncoder, NamesTheTokenizersFileThatIsMissing) {
  const EncoderFolder folder("bert");
  folder.Remove("vocab.txt");
  EXPECT_THAT(RefusalOf(ErrorKind::kInputOutput, [&] { Open(folder); }),
              AllOf(HasSubstr(folder.path()), HasSubstr("vocab.txt")));
}

}  // namespace
}  // namespace wordkin::contextual
