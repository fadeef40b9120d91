#include "cli/progress_display.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/cli/pipe_console.h"

namespace wordkin::cli {
namespace {

using Form = ProgressDisplay::Form;

class ProgressTest : public testing::Test {
 protected:
  ProgressDisplay::Clock Clock() {
    return [this] { return now_; };
  }
  PipeConsole pipes_;
  double now_ = 100;
};

TEST_F(ProgressTest, PrintsALineForEachTenPercent) {
  ProgressDisplay display(pipes_.console, "training", Form::kLines, Clock());
  for (int percent = 0; percent <= 100; ++percent) {
    now_ += 1;
    display.Update(percent / 100.0, "loss 2.5");
  }
  const std::string text = pipes_.error.Take();
  EXPECT_EQ(std::ranges::count(text, '\n'), 10) << text;
  EXPECT_TRUE(text.starts_with("training: 10 %, loss 2.5, 99 s left\n")) << text;
  EXPECT_TRUE(text.ends_with("training: 100 %, loss 2.5\n")) << text;
}

TEST_F(ProgressTest, AJumpOverSeveralTenthsGivesOneLine) {
  ProgressDisplay display(pipes_.console, "reading", Form::kLines, Clock());
  display.Update(0.57, "");
  EXPECT_EQ(pipes_.error.Take(), "reading: 50 %\n");
}

TEST_F(ProgressTest, PrintsALineEachHalfMinuteWhenTheWholeIsUnknown) {
  ProgressDisplay display(pipes_.console, "reading", Form::kLines, Clock());
  for (int second = 0; second < 100; ++second) {
    now_ += 1;
    display.Update(std::nullopt, "1 M words");
  }
  EXPECT_EQ(pipes_.error.Take(), "reading: 1 M words\nreading: 1 M words\nreading: 1 M words\n");
}

TEST_F(ProgressTest, RedrawsABarAtMostSixTimesASecondAndTakesItAway) {
  {
    ProgressDisplay display(pipes_.console, "training", Form::kBar, Clock());
    for (int step = 0; step < 1000; ++step) {
      now_ += 0.001;
      display.Update(step / 1000.0, "");
    }
    const std::string text = pipes_.error.Take();
    EXPECT_LE(std::ranges::count(text, '\r'), 1 + 6) << text;
    EXPECT_GE(std::ranges::count(text, '\r'), 5) << text;
    EXPECT_NE(text.find("\rtraining [##########..........] 50 %"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
  EXPECT_EQ(pipes_.error.Take(), "\r\x1b[K");
}

TEST_F(ProgressTest, KeepsABarWithinTheWidthOfTheTerminal) {
  ProgressDisplay display(pipes_.console, "training", Form::kBar, Clock());
  now_ += 1;
  display.Update(0.5, std::string(200, 'x'));
  const std::string text = pipes_.error.Take();
  EXPECT_EQ(text.find("\x1b[K") - 1, 79u) << text;
}

TEST_F(ProgressTest, ShowsNothingOfWhatIsDoneSoon) {
  ProgressDisplay display(pipes_.console, "clustering", Form::kBar, Clock());
  const auto show = ProgressDisplay::ShowingLater(display);
  now_ += 1;
  show(0.5);
  EXPECT_EQ(pipes_.error.Take(), "");
  now_ += 1;
  show(0.75);
  EXPECT_NE(pipes_.error.Take().find("75 %"), std::string::npos);
}

TEST_F(ProgressTest, IsSilentWhenQuiet) {
  EXPECT_EQ(ProgressDisplay::FormFor(pipes_.console, true), Form::kNone);
  EXPECT_EQ(ProgressDisplay::FormFor(pipes_.console, false), Form::kLines);
  ProgressDisplay display(pipes_.console, "training", Form::kNone, Clock());
  now_ += 100;
  display.Update(1, "");
  EXPECT_EQ(pipes_.error.Take(), "");
}

TEST_F(ProgressTest, SurvivesFractionsOutsideOfTheRange) {
  ProgressDisplay display(pipes_.console, "training", Form::kBar, Clock());
  now_ += 1;
  display.Update(1.5, "");
  EXPECT_NE(pipes_.error.Take().find("[####################] 100 %"), std::string::npos);
}

}  // namespace
}  // namespace wordkin::cli
