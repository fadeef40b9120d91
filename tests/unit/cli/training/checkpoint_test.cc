#include "cli/training/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/training/training_run.h"
#include "common/store/store_writer.h"
#include "tests/unit/cli/pipe_console.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::cli {
namespace {

using ::testing::HasSubstr;

// Checkpoints whose checksums are right and whose content is not ours.
class CraftedCheckpoint : public testing::Test {
 protected:
  // Why a run cannot be resumed whose training state this is.
  std::string RefusalOfState(const std::string& state) {
    AtomicFile file(Path());
    WriteStore(file, query::TableOf({{"king", {1, 2}}, {"queen", {2, 1}}}),
               {.precision = Precision::kFloat32, .training_state = state});
    return Refusal([this] {
      const Checkpoint checkpoint(Path());
      TrainingRequest request;
      request.output = folder_.PathOf("v.kin");
      TrainingRun(request, &checkpoint, console_.console);
    });
  }
  std::string RefusalOfRun(const std::string& run) {
    return RefusalOfState(
        "{\"arguments\":[\"--\",\"skipgram\"],\"corpus\":{},\"training\":{},\"run\":" + run + "}");
  }
  std::string Path() const { return folder_.PathOf("v.kin.checkpoint"); }

  const TemporaryFolder folder_;
  PipeConsole console_;
};

TEST_F(CraftedCheckpoint, IsGoneOnFromWhenItsEvaluationsAreSound) {
  EXPECT_EQ(RefusalOfRun("{\"evaluations\":[]}"), "");
  EXPECT_EQ(RefusalOfRun("{\"evaluations\":[{\"mean\":1.5},{\"mean\":null}]}"), "");
}

TEST_F(CraftedCheckpoint, IsRefusedWhenItsEvaluationsAreOfOtherTypes) {
  for (const std::string run : {"5", "null", "[]", "\"text\"", "{}", "{\"evaluations\":5}",
                                "{\"evaluations\":[5]}", "{\"evaluations\":[{}]}"}) {
    EXPECT_EQ(RefusalOfRun(run),
              "cannot resume from '" + Path() + "': what it tells of the evaluations is damaged")
        << run;
  }
}

TEST_F(CraftedCheckpoint, IsRefusedWhenItsStateIsNoJsonOrTooDeep) {
  // Copied, a million levels would overflow the stack.
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  for (const std::string& refusal : {RefusalOfState("{\"arguments\":"), RefusalOfState("[]"),
                                     RefusalOfRun("{\"evaluations\":[{\"mean\":" + deep + "}]}")}) {
    EXPECT_THAT(refusal, HasSubstr("its training state is damaged"));
  }
  EXPECT_THAT(RefusalOfState("{}"), HasSubstr("its training state lacks 'arguments'"));
}

}  // namespace
}  // namespace wordkin::cli
