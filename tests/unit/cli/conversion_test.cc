#include "cli/conversion.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "common/formats/word2vec_text.h"
#include "common/store/embedding_store.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::cli {
namespace {

class Conversion : public testing::Test {
 protected:
  Conversion() { WriteText(input_, "2 3\nking 0.5 1 0.25\nqueen 1 0.5 0.75\n"); }
  ~Conversion() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

  const TemporaryFolder folder_;
  const std::string input_ = folder_.PathOf("v.txt");
};

TEST_F(Conversion, WritesNothingOnceItIsToStop) {
  const std::atomic<bool> go_on{false};
  const std::string store = folder_.PathOf("v.kin");
  Convert(PlanConversion(input_, "auto", store, "auto"), Precision::kInt8, go_on);
  ASSERT_EQ(folder_.Names().size(), 2u);
  const std::atomic<bool> stop{true};
  for (const std::string& input : {input_, store}) {
    for (const std::string name : {"new.kin", "new.bin"}) {
      const ConversionPlan plan = PlanConversion(input, "auto", folder_.PathOf(name), "auto");
      try {
        Convert(plan, Precision::kInt8, stop);
        ADD_FAILURE() << name;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kInterrupted) << error.what();
      }
      EXPECT_EQ(folder_.Names().size(), 2u);
    }
  }
}

// A checkpoint that was rounded could be resumed, and ended elsewhere.
TEST_F(Conversion, KeepsWhereTrainingStandsWithExactRowsOnly) {
  const std::atomic<bool> go_on{false};
  const std::string checkpoint = folder_.PathOf("v.kin.checkpoint");
  {
    AtomicFile file(checkpoint);
    SkippedRows skipped;
    WriteStore(file, ReadWord2VecText(VectorFile(input_), {}, skipped),
               {Precision::kFloat32, "{}", R"({"position":1})"});
  }
  for (const auto precision : {Precision::kFloat32, Precision::kTwoPlane, Precision::kInt8}) {
    const std::string copy = folder_.PathOf("copy.kin");
    Convert(PlanConversion(checkpoint, "auto", copy, "auto"), precision, go_on);
    EXPECT_EQ(EmbeddingStore(copy).ReadTrainingState(),
              precision == Precision::kFloat32 ? R"({"position":1})" : "");
  }
}

TEST_F(Conversion, RefusesAMalformedDateBeforeTheWork) {
  ::setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
  EXPECT_THROW(PlanConversion(input_, "auto", folder_.PathOf("new.kin"), "auto"), Error);
  EXPECT_NO_THROW(PlanConversion(input_, "auto", folder_.PathOf("new.bin"), "auto"));
}

}  // namespace
}  // namespace wordkin::cli
