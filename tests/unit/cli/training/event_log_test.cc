#include "cli/training/event_log.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/cli/pipe_console.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::cli {
namespace {

class EventLogTest : public testing::Test {
 protected:
  // The file after an event behind 'before'.
  std::string Add(const std::string& before, EarlierEvents earlier) {
    WriteText(folder_.PathOf("log"), before);
    EventLog(folder_.PathOf("log"), console_.console, earlier).Add("done", {{"words", 3}});
    return ReadText(folder_.PathOf("log"));
  }

  const TemporaryFolder folder_;
  PipeConsole console_;
};

constexpr const char* kDone = "{\"event\":\"done\",\"words\":3}\n";

TEST_F(EventLogTest, IsBegunAnewOrGoesOn) {
  EXPECT_EQ(Add("earlier\n", EarlierEvents::kDropped), kDone);
  EXPECT_EQ(Add("earlier\n", EarlierEvents::kKept), std::string("earlier\n") + kDone);
  EXPECT_EQ(Add("", EarlierEvents::kKept), kDone);
}

TEST_F(EventLogTest, EndsALineThatWasCutShort) {
  EXPECT_EQ(Add("{\"event\":\"pro", EarlierEvents::kKept),
            std::string("{\"event\":\"pro\n") + kDone);
}

}  // namespace
}  // namespace wordkin::cli
