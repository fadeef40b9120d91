#include "cli/documents/document_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;

class DocumentSettingsTest : public testing::Test {
 protected:
  // What is read back from a store of three dimensions that says 'json'.
  DocumentSettings Read(const std::string& json) const {
    WriteDocuments(path_, MakeTable(2, 3), Precision::kInt8, {"a", "b"}, json);
    return ReadDocumentSettings(EmbeddingStore(path_));
  }
  std::string RefusalOf(const std::string& json) const {
    return Refusal([&] { Read(json); });
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("d.kin");
};

TEST_F(DocumentSettingsTest, OfWordVectorsComeBackBitForBit) {
  const float third = 1 / std::sqrt(3.0f);
  const DocumentSettings settings = {
      .vectors = "/some where/\u00FC.kin",
      .words = {.weighting = query::WordWeighting::kSmoothInverseFrequency,
                .smoothing = 0.1,
                .tokenizer = TokenizerKind::kCharacters,
                .component = {third, -third, third}},
      .fingerprint = "0123456789abcdef",
      .kind = {.form = DocumentForm::kFiles},
      .lines_read = 12};
  const DocumentSettings read = Read(WriteDocumentSettings(settings));
  EXPECT_EQ(read.vectors, settings.vectors);
  EXPECT_EQ(read.encoder, "");
  EXPECT_EQ(read.fingerprint, settings.fingerprint);
  EXPECT_EQ(read.kind.form, DocumentForm::kFiles);
  EXPECT_EQ(read.lines_read, 12u);
  EXPECT_EQ(read.words.weighting, settings.words.weighting);
  EXPECT_EQ(read.words.smoothing, 0.1);
  EXPECT_EQ(read.words.tokenizer, TokenizerKind::kCharacters);
  EXPECT_EQ(read.words.component, settings.words.component);
}

TEST_F(DocumentSettingsTest, OfAnEncoderComeBack) {
  const DocumentSettings settings = {
      .encoder = "/model",
      .layer = "last4",
      .pooling = "cls",
      .arithmetic = "int8",
      .fingerprint = "f",
      .kind = {.form = DocumentForm::kJsonLines, .id_field = "url", .text_field = "\u00FC"}};
  const DocumentSettings read = Read(WriteDocumentSettings(settings));
  EXPECT_EQ(read.encoder, "/model");
  EXPECT_EQ(read.vectors, "");
  EXPECT_EQ(read.layer, "last4");
  EXPECT_EQ(read.pooling, "cls");
  EXPECT_EQ(read.arithmetic, "int8");
  EXPECT_EQ(read.kind.form, DocumentForm::kJsonLines);
  EXPECT_EQ(read.kind.id_field, "url");
  EXPECT_EQ(read.kind.text_field, "\u00FC");
}

TEST_F(DocumentSettingsTest, RefuseWhatCanNotBe) {
  const std::string sound =
      R"({"vectors":"/v","fingerprint":"f","lines_read":0,"weighting":"sif","smoothing":1,)"
      R"("tokenizer":"words","component":[1,0,0],)"
      R"("documents":"jsonl","id_field":"i","text_field":"t"})";
  EXPECT_EQ(RefusalOf(sound), "");
  const auto refusal_with = [&](const std::string& part, const std::string& instead) {
    std::string changed = sound;
    changed.replace(changed.find(part), part.size(), instead);
    return RefusalOf(changed);
  };
  const std::pair<const char*, const char*> changes[] = {
      {"\"/v\"", "\"\""},
      {"\"/v\"", "7"},
      {"\"vectors\"", "\"x\""},
      {"\"f\"", "null"},
      {":0,", ":-1,"},
      {":0,", ":1.5,"},
      {"sif", "other"},
      {"\"sif\"", "[]"},
      {":1,", ":0,"},
      {":1,", ":\"1\","},
      {"words", "letters"},
      {"[1,0,0]", "[1,0]"},
      {"[1,0,0]", "[2,0,0]"},
      {"[1,0,0]", "[1e300,0,0]"},
      {"[1,0,0]", "[1,\"\",0]"},
      {"[1,0,0]", "{}"},
      {"jsonl", "rows"},
      {"\"jsonl\"", "2"},
      {"\"documents\"", "\"x\""},
      {"\"i\"", "1"},
      {"text_field", "x"},
      {"}", ""},
  };
  for (const auto& [part, instead] : changes) {
    EXPECT_THAT(refusal_with(part, instead),
                HasSubstr("section document-settings does not say what documents are"))
        << part << " " << instead;
  }
  for (const char* text : {"[]", "7", "{}", "null", "no JSON"}) {
    EXPECT_THAT(RefusalOf(text), HasSubstr("and how texts become vectors")) << text;
  }
}

TEST_F(DocumentSettingsTest, AreAskedOfAStoreWithTextsAlone) {
  WriteTable(path_, MakeTable(2, 3), Precision::kInt8);
  EXPECT_THAT(Refusal([&] { ReadDocumentSettings(EmbeddingStore(path_)); }, ErrorKind::kUsage),
              HasSubstr("holds no texts"));
}

}  // namespace
}  // namespace wordkin::cli
