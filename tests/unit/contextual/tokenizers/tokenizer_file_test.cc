#include "contextual/tokenizers/tokenizer_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// {"model": ..., and whatever 'more' has}
std::string File(const std::string& model, const std::string& more = "") {
  return R"({"version": "1.0", "model": )" + model + (more.empty() ? "" : ", " + more) + "}";
}

std::string WordPiece(const std::string& vocabulary) {
  return R"({"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 100, "vocab": )" +
         vocabulary + "}";
}

const std::string kSmall = WordPiece(R"({"[UNK]": 0, "a": 1, "##b": 2})");

std::string Refusal(const std::string& text) {
  try {
    ParseTokenizer(text, "'t.json'");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged) << error.what();
    return error.what();
  }
  return "none";
}

std::string RefusalOf(const std::string& model, const std::string& more = "") {
  return Refusal(File(model, more));
}

TEST(TokenizerFile, IsReadWithoutWhatIsOptional) {
  const auto tokenizer = ParseTokenizer(File(kSmall), "'t.json'");
  EXPECT_THAT(tokenizer->Tokenize("abb").pieces, ElementsAre("a", "##b", "##b"));
  EXPECT_EQ(tokenizer->vocabulary_size(), 3u);
}

TEST(TokenizerFile, MayListPiecesInAnyOrder) {
  const auto tokenizer =
      ParseTokenizer(File(WordPiece(R"({"a": 2, "[UNK]": 1, "##b": 0})")), "'t.json'");
  EXPECT_THAT(tokenizer->Tokenize("ab").ids, ElementsAre(2, 0));
}

TEST(TokenizerFile, CountsAddedTokensBehindThePieces) {
  const std::string more = R"("added_tokens": [{"id": 3, "content": "<x>", "special": true}])";
  const auto tokenizer = ParseTokenizer(File(kSmall, more), "'t.json'");
  EXPECT_EQ(tokenizer->vocabulary_size(), 4u);
  EXPECT_THAT(tokenizer->Tokenize("a<x>a").ids, ElementsAre(1, 3, 1));
}

TEST(TokenizerFile, FindsNormalizedTokensInNormalizedText) {
  const std::string more =
      R"("normalizer": {"type": "Lowercase"},
         "added_tokens": [{"id": 3, "content": "Day", "normalized": true}])";
  const TokenizedText text = ParseTokenizer(File(kSmall, more), "'t.json'")->Tokenize("aDAYa");
  EXPECT_THAT(text.pieces, ElementsAre("a", "Day", "a"));
  EXPECT_THAT(text.offsets, ElementsAre(ByteRange{0, 1}, ByteRange{1, 4}, ByteRange{4, 5}));
  EXPECT_THAT(text.words, ElementsAre(0, 1, 2));
}

TEST(TokenizerFile, CountsWhatATemplatePutsAround) {
  const std::string more =
      R"("post_processor": {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "x", "type_id": 0}}, {"Sequence": {"id": "A"}},
                      {"SpecialToken": {"id": "x", "type_id": 0}}],
           "special_tokens": {"x": {"id": "x", "ids": [1, 0], "tokens": ["a", "[UNK]"]}}})";
  const TokenizedText text = ParseTokenizer(File(kSmall, more), "'t.json'")->Tokenize("ab");
  EXPECT_THAT(text.ids, ElementsAre(1, 0, 1, 2, 1, 0));
  EXPECT_THAT(text.words, ElementsAre(kNoWord, kNoWord, 0, 0, kNoWord, kNoWord));
  EXPECT_EQ(text.leading, 2u);
  EXPECT_EQ(text.trailing, 2u);
}

TEST(TokenizerFile, DoesNotObeyTruncationAndPadding) {
  const std::string more =
      R"("truncation": {"max_length": 2}, "padding": {"strategy": {"Fixed": 9}})";
  EXPECT_EQ(ParseTokenizer(File(kSmall, more), "'t.json'")->Tokenize("abbbb").size(), 5u);
}

// What a tokenizer says to 'text' that it makes too long.
std::string GrowthRefusal(const std::string& more, const std::string& text) {
  const auto tokenizer = ParseTokenizer(File(kSmall, more), "'t.json'");
  try {
    tokenizer->Tokenize(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    return error.what();
  }
  return "none";
}

std::string Replace(const std::string& pattern, const std::string& content) {
  return R"({"type": "Replace", "pattern": {"String": ")" + pattern + R"("}, "content": ")" +
         content + R"("})";
}

// 20 steps make a megabyte of a letter, 40 more than any memory has.
TEST(TokenizerFile, MayNotMakeMuchTextOfLittle) {
  std::string steps = Replace("a", "aa"), splits = R"({"type": "ByteLevel"})";
  for (int i = 0; i < 19; ++i) {
    steps += "," + Replace("a", "aa");
    splits += R"(, {"type": "ByteLevel"})";
  }
  const std::string long_text(1000, 'a');
  const auto normalizer = [](const std::string& json) { return R"("normalizer": )" + json; };
  const auto sequence = [](const std::string& json) {
    return R"({"type": "Sequence", "normalizers": [)" + json + "]}";
  };
  const std::string refused = "more than 64 times as long";
  EXPECT_THAT(GrowthRefusal(normalizer(sequence(steps)), "a"), HasSubstr(refused));
  EXPECT_THAT(GrowthRefusal(normalizer(sequence(steps)), "bbba"), HasSubstr(refused));
  EXPECT_THAT(GrowthRefusal(normalizer(Replace("a", std::string(100, 'b'))), long_text),
              HasSubstr(refused));
  EXPECT_EQ(GrowthRefusal(normalizer(Replace("a", std::string(60, 'b'))), long_text), "none");
  EXPECT_EQ(GrowthRefusal(normalizer(R"({"type": "Strip"})"), std::string(10'000, 'a')), "none");
  const std::string prepends =
      R"({"type": "Prepend", "prepend": ")" + std::string(3000, 'b') + R"("})";
  EXPECT_EQ(GrowthRefusal(normalizer(prepends), "a"), "none");
  EXPECT_THAT(GrowthRefusal(normalizer(sequence(prepends + "," + prepends)), "a"),
              HasSubstr(refused));
  EXPECT_THAT(
      GrowthRefusal(R"("pre_tokenizer": {"type": "Sequence", "pretokenizers": [)" + splits + "]}",
                    "\xC3\xA9"),
      HasSubstr(refused));
}

TEST(TokenizerFile, IsRefusedWhenItIsNoJson) {
  EXPECT_THAT(Refusal(""), HasSubstr("cannot read 't.json': it is no valid JSON"));
  EXPECT_THAT(Refusal("{\"model\": "), HasSubstr("at byte"));
  EXPECT_THAT(Refusal("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(Refusal("{\"a\": \"\xFF\"}"), HasSubstr("no valid JSON"));
  EXPECT_THAT(Refusal("{\"a\": 1e999}"), HasSubstr("out of range"));
  EXPECT_THAT(Refusal(std::string(100000, '[')), HasSubstr("nested deeper than 64"));
}

TEST(TokenizerFile, IsRefusedForFieldsThatComeTwice) {
  EXPECT_THAT(Refusal(R"({"version": "1", "model": {}, "version": "2"})"),
              HasSubstr("cannot read 't.json': its JSON has the key 'version' twice"));
  for (const std::string field :
       {R"("vocab": {"a": 0})", R"("vocab": [["a", 0]])", R"("merges": ["a b"])"}) {
    EXPECT_THAT(RefusalOf("{" + field + ", " + field + "}"), HasSubstr("twice in one object"));
  }
  EXPECT_THAT(RefusalOf(R"({"vocab": {"a": 0}, "vocab": [["a", 0]]})"), HasSubstr("'vocab' twice"));
}

// What is no vocabulary becomes a tree of many times its size.
TEST(TokenizerFile, IsRefusedWhenItsDocumentIsLong) {
  const auto list = [](std::size_t count) {
    std::string text = "[0";
    for (std::size_t i = 1; i < count; ++i) text += ",0";
    return text + "]";
  };
  const std::string refused = "beside vocabulary and merges it is longer than 16000000 bytes";
  EXPECT_THAT(RefusalOf(kSmall, R"("surprise": )" + list(8'000'000)), HasSubstr(refused));
  EXPECT_THAT(RefusalOf(kSmall, R"("surprise": )" + list(1000)),
              HasSubstr("surprise is a setting"));
  EXPECT_THAT(RefusalOf(kSmall, R"("surprise": ")" + std::string(16'000'000, 'a') + "\""),
              HasSubstr(refused));
  EXPECT_THAT(RefusalOf(kSmall, "\"" + std::string(16'000'000, 'a') + "\": 0"), HasSubstr(refused));
  // A vocabulary may be longer.
  const std::string piece(1000, 'a');
  std::string vocabulary = R"({"[UNK]": 0)";
  for (int id = 1; id <= 16'000; ++id) {
    vocabulary += ", \"" + piece + std::to_string(id) + "\": " + std::to_string(id);
  }
  EXPECT_EQ(RefusalOf(WordPiece(vocabulary + "}")), "none");
}

TEST(TokenizerFile, IsRefusedByTheNameOfWhatIsNotKnown) {
  EXPECT_THAT(RefusalOf(kSmall, R"("normalizer": {"type": "Nmt"})"),
              AllOf(HasSubstr("'t.json': normalizer.type"), HasSubstr("Nmt")));
  EXPECT_THAT(RefusalOf(kSmall, R"("pre_tokenizer": {"type": "Split"})"),
              HasSubstr("pre_tokenizer.type"));
  EXPECT_THAT(RefusalOf(kSmall, R"("post_processor": {"type": "Other"})"),
              HasSubstr("post_processor.type"));
  EXPECT_THAT(RefusalOf(kSmall, R"("normalizer": {"type": "BertNormalizer", "upper": true})"),
              HasSubstr("normalizer.upper is a setting"));
  EXPECT_THAT(RefusalOf(kSmall, R"("surprise": 1)"), HasSubstr("surprise"));
  EXPECT_THAT(RefusalOf(R"({"type": "WordLevel", "vocab": {"a": 0}})"), HasSubstr("WordLevel"));
  EXPECT_THAT(RefusalOf(kSmall, R"("normalizer": {"type": "Replace",
                 "pattern": {"Regex": "a+"}, "content": ""})"),
              HasSubstr("normalizer.pattern.Regex"));
  EXPECT_THAT(RefusalOf(R"({"type": "BPE", "vocab": {"a": 0}, "merges": []})"),
              HasSubstr("byte-level BPE only"));
}

TEST(TokenizerFile, IsRefusedForWrongTypes) {
  EXPECT_THAT(RefusalOf(kSmall, R"("normalizer": {"type": 5})"),
              HasSubstr("normalizer.type is a number, not a string"));
  EXPECT_THAT(RefusalOf(kSmall, R"("added_tokens": {})"),
              HasSubstr("added_tokens is an object, not an array"));
  EXPECT_THAT(RefusalOf(kSmall, R"("added_tokens": [{"id": -1, "content": "x"}])"),
              HasSubstr("added_tokens[0].id"));
  EXPECT_THAT(RefusalOf("7"), HasSubstr("model is a number, not an object"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"a": "b"})")), HasSubstr("vocab"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"a": 1.5})")), HasSubstr("a fraction"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"a": [0]})")), HasSubstr("an array"));
  EXPECT_THAT(RefusalOf(WordPiece("[]")), HasSubstr("model.vocab"));
  EXPECT_THAT(RefusalOf(R"({"type": "Unigram", "vocab": [["a"]]})"),
              HasSubstr("model.vocab[0] is a shorter list, not a piece and its score"));
  EXPECT_THAT(RefusalOf(R"({"type": "Unigram", "vocab": [["a", "b"]]})"),
              HasSubstr("model.vocab[0] is a pair of strings, not a piece and its score"));
  EXPECT_THAT(RefusalOf(R"({"type": "Unigram", "vocab": [["a", 0, 1]]})"),
              HasSubstr("model.vocab[1]"));
  EXPECT_THAT(RefusalOf(R"({"type": "Unigram", "vocab": [7]})"), HasSubstr("model.vocab[0]"));
  EXPECT_THAT(RefusalOf(R"({"type": "BPE", "vocab": {}, "merges": ["ab"]})"),
              HasSubstr("model.merges[0] is a string without a blank or with several, not a pair"));
  EXPECT_THAT(RefusalOf(R"({"type": "BPE", "vocab": {}, "merges": [["a", "b", "c"]]})"),
              HasSubstr("model.merges[1] is a longer list, not a pair of pieces"));
  EXPECT_THAT(RefusalOf(R"({"type": "BPE", "vocab": {}, "merges": [["a"]]})"),
              HasSubstr("model.merges[0]"));
}

TEST(TokenizerFile, IsRefusedForIdsThatDoNotFit) {
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": 2})")), HasSubstr("an id that is not"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": 0})")), HasSubstr("have the same id, 0"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": -1})")), HasSubstr("an id that is not"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": 99999999999999})")),
              HasSubstr("an id that is not"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": 1, "a": 2})")), HasSubstr("has the ids"));
  EXPECT_THAT(RefusalOf(kSmall, R"("added_tokens": [{"id": 5, "content": "x"}])"),
              HasSubstr("leaves ids without a piece"));
  EXPECT_THAT(RefusalOf(kSmall, R"("added_tokens": [{"id": 1, "content": "x"}])"),
              HasSubstr("which is that of the piece"));
  EXPECT_THAT(RefusalOf(WordPiece(R"({"[UNK]": 0, "a": 2})"),
                        R"("added_tokens": [{"id": 3, "content": "x"}])"),
              HasSubstr("leaves ids without a piece"));
  EXPECT_THAT(RefusalOf(kSmall, R"("post_processor": {"type": "BertProcessing",
                 "sep": ["a", 3], "cls": ["a", 1]})"),
              HasSubstr("post_processor.sep[1] is 3, above 2"));
}

TEST(TokenizerFile, IsRefusedWithoutItsUnknownPiece) {
  EXPECT_THAT(RefusalOf(WordPiece(R"({"a": 0})")),
              AllOf(HasSubstr("'t.json': model"), HasSubstr("[UNK]")));
  EXPECT_THAT(RefusalOf(R"({"type": "Unigram", "unk_id": 4, "vocab": [["a", 0]]})"),
              HasSubstr("unk_id is 4"));
}

std::string FolderRefusal(const TemporaryFolder& folder, ErrorKind kind) {
  try {
    ReadTokenizer(folder.path());
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "none";
}

TEST(TokenizerFolder, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kInputOutput), HasSubstr("no tokenizer.json"));
  WriteText(folder.PathOf("vocab.json"), R"({"a": 0})");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kInputOutput), HasSubstr("merges.txt'"));
  try {
    ReadTokenizer(folder.PathOf("none"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("No such file or directory"));
  }
}

TEST(TokenizerFolder, NamesAFileOnce) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.PathOf("vocab.txt"));
  EXPECT_EQ(FolderRefusal(folder, ErrorKind::kInputOutput),
            "cannot open '" + folder.PathOf("vocab.txt") + "': Is a directory");
  std::filesystem::remove(folder.PathOf("vocab.txt"));
  std::filesystem::create_directory(folder.PathOf("vocab.json"));
  WriteText(folder.PathOf("merges.txt"), "");
  EXPECT_EQ(FolderRefusal(folder, ErrorKind::kInputOutput),
            "cannot open '" + folder.PathOf("vocab.json") + "': Is a directory");
  std::filesystem::remove(folder.PathOf("vocab.json"));
  WriteText(folder.PathOf("vocab.json"), R"({"a": 0.5})");
  EXPECT_EQ(FolderRefusal(folder, ErrorKind::kDamaged),
            "'" + folder.PathOf("vocab.json") + "': the value of 'a' is a fraction, not an id");
}

TEST(TokenizerFolder, SaysWhyAFolderCannotBeLookedAt) {
  const std::string name(300, 'n');
  try {
    ReadTokenizer(name);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_EQ(error.what(), "cannot read a tokenizer from '" + name + "': File name too long");
  }
}

TEST(TokenizerFolder, NamesTheLineOfABrokenVocabulary) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("vocab.txt"), "[UNK]\n\n[CLS]\n[SEP]\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("vocab.txt': line 2 is empty"));
  WriteText(folder.PathOf("vocab.txt"), "[UNK]\n\xFF\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("line 2 is no UTF-8"));
  WriteText(folder.PathOf("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\na\na\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("has the ids 3 and 4"));
  WriteText(folder.PathOf("vocab.txt"), "[UNK]\n[CLS]\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("[SEP]"));
  WriteText(folder.PathOf("vocab.txt"), "");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("[UNK]"));
}

TEST(TokenizerFolder, NamesTheLineOfABrokenMerge) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("vocab.json"), R"({"a": 0})");
  WriteText(folder.PathOf("merges.txt"), "#version: 0.2\na b c\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("merges.txt': line 2"));
  WriteText(folder.PathOf("merges.txt"), "a b\n");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("needs the piece"));
}

TEST(TokenizerFolder, RefusesWhatItsConfigAsksFor) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\na\n\n");
  EXPECT_THAT(ReadTokenizer(folder.path())->Tokenize("A").ids, ElementsAre(1, 3, 2));
  WriteText(folder.PathOf("tokenizer_config.json"), R"({"do_basic_tokenize": false})");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("do_basic_tokenize"));
  WriteText(folder.PathOf("tokenizer_config.json"), R"({"tokenizer_class": "BertJapanese"})");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged), HasSubstr("tokenizer_class"));
  WriteText(folder.PathOf("tokenizer_config.json"), R"({"added_tokens_decoder": {
              "4": {"content": "<x>"}, "04": {"content": "<y>"}}})");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged),
              HasSubstr("added_tokens_decoder.04 is named by no id"));
  WriteText(folder.PathOf("tokenizer_config.json"), R"({"do_lower_case": "no"})");
  EXPECT_THAT(FolderRefusal(folder, ErrorKind::kDamaged),
              HasSubstr("do_lower_case is a string, not true or false"));
}

}  // namespace
}  // namespace wordkin::contextual
