#include "cli/training/training_provenance.h"

#include <gtest/gtest.h>

namespace wordkin::cli {
namespace {

TEST(DescribeNotes, IsEmptyForAPlainCorpus) { EXPECT_EQ(DescribeNotes({}), ""); }

TEST(DescribeNotes, TellsWhatWasDoneWithEachOddity) {
  CorpusNotes notes;
  notes.byte_order_marks = 3;
  notes.nul_bytes = 1;
  notes.invalid_utf8 = 1200;
  notes.carriage_returns = 40;
  notes.long_words = 2;
  EXPECT_EQ(DescribeNotes(notes),
            "3 byte order marks removed; 40 carriage returns taken as line ends; 1 NUL byte taken "
            "as white space; 1,200 invalid UTF-8 sequences replaced by U+FFFD; 2 words longer than "
            "1,024 bytes left out");
}

TEST(TrainingOptionsJson, HoldsTheGradientForCbowOnly) {
  TrainingRequest request;
  EXPECT_FALSE(TrainingOptionsJson(request).contains("cbow_gradient"));
  request.training.model = train::Model::kCbow;
  EXPECT_EQ(TrainingOptionsJson(request)["cbow_gradient"], "original");
}

TEST(CorpusJson, NamesAThousandFilesAndCountsThemAll) {
  TrainingRequest request;
  request.corpus_paths = {"a.txt", "b.txt"};
  const train::EncodedCorpus corpus;
  EXPECT_EQ(CorpusJson(request, corpus)["files"], Json({"a.txt", "b.txt"}));
  request.corpus_paths.assign(100'000, "c.txt");
  const Json json = CorpusJson(request, corpus);
  EXPECT_EQ(json["files"].size(), 1'000u);
  EXPECT_EQ(json["file_count"], 100'000);
}

TEST(TrainingProvenance, DoesNotDependOnTimeWhenTheDateIsFixed) {
  ::setenv("SOURCE_DATE_EPOCH", "0", 1);
  TrainingRequest request;
  request.output = "secret-name.kin";
  const train::TrainingSummary summary;
  const std::string fast =
      TrainingProvenance(request, Json::object(), Json::array(), summary, "words", 1);
  const std::string slow =
      TrainingProvenance(request, Json::object(), Json::array(), summary, "words", 2);
  EXPECT_EQ(fast, slow);
  EXPECT_EQ(fast.find("secret-name"), std::string::npos);
  ::unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_EQ(Json::parse(TrainingProvenance(request, Json::object(), Json::array(), summary, "words",
                                           2))["seconds"],
            2);
}

}  // namespace
}  // namespace wordkin::cli
