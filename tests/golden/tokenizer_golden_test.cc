// Tiny tokenizers of each kind against what the reference implementation answers with them;
// tokenizers/make_goldens.js made both.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "contextual/tokenizers/tokenizer_file.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::contextual {
namespace {

using Json = nlohmann::json;

std::string FolderOf(const std::string& name) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/tokenizers/" + name;
}

Json AsJson(const std::string& text, const TokenizedText& tokenized) {
  Json json = {{"text", text}, {"ids", tokenized.ids}, {"pieces", tokenized.pieces}};
  json["offsets"] = Json::array();
  for (const ByteRange& range : tokenized.offsets)
    json["offsets"].push_back({range.begin, range.end});
  json["words"] = Json::array();
  for (const std::int32_t word : tokenized.words) {
    json["words"].push_back(word == kNoWord ? Json(nullptr) : Json(word));
  }
  return json;
}

void ExpectTheReferencesAnswers(const Tokenizer& tokenizer, const std::string& name) {
  std::ifstream lines(FolderOf(name) + "/expected.jsonl");
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const Json expected = Json::parse(line);
    const std::string text = expected["text"];
    EXPECT_EQ(AsJson(text, tokenizer.Tokenize(text)), expected);
  }
  EXPECT_GT(count, 50u);
}

class TokenizerGolden : public testing::TestWithParam<std::string> {};

TEST_P(TokenizerGolden, AnswersAsTheReference) {
  ExpectTheReferencesAnswers(*ReadTokenizer(FolderOf(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Kinds, TokenizerGolden,
                         testing::Values("bert_uncased", "bert_cased", "gpt2", "roberta",
                                         "roberta_prefixed", "t5", "t5_new"),
                         [](const auto& instance) { return instance.param; });

// The folder of that name, but for its tokenizer.json.
void CopyVocabularyFiles(const std::string& name, const TemporaryFolder& folder) {
  for (const char* file : {"vocab.txt", "vocab.json", "merges.txt"}) {
    const std::string path = FolderOf(name) + "/" + file;
    if (std::filesystem::exists(path)) std::filesystem::copy(path, folder.path());
  }
}

TEST(TokenizerGolden, IsReadFromVocabTxtToo) {
  const TemporaryFolder folder;
  CopyVocabularyFiles("bert_uncased", folder);
  ExpectTheReferencesAnswers(*ReadTokenizer(folder.path()), "bert_uncased");
}

TEST(TokenizerGolden, IsReadFromVocabTxtAsTheConfigSays) {
  const TemporaryFolder folder;
  CopyVocabularyFiles("bert_cased", folder);
  WriteText(folder.PathOf("tokenizer_config.json"),
            R"({"do_lower_case": false, "cls_token": {"content": "[CLS]", "lstrip": false}})");
  ExpectTheReferencesAnswers(*ReadTokenizer(folder.path()), "bert_cased");
}

TEST(TokenizerGolden, IsReadFromVocabJsonAndMergesTxtToo) {
  const TemporaryFolder folder;
  CopyVocabularyFiles("roberta", folder);
  ExpectTheReferencesAnswers(*ReadTokenizer(folder.path()), "roberta");
}

}  // namespace
}  // namespace wordkin::contextual
