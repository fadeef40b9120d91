#include "cli/progress_display.h"

#include <algorithm>
#include <chrono>

#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

constexpr double kSecondsBetweenDraws = 1.0 / 6;
constexpr double kSecondsBetweenLines = 30;
constexpr std::size_t kBarCells = 20;

std::string Bar(double fraction) {
  const auto full = static_cast<std::size_t>(fraction * kBarCells);
  return "[" + std::string(full, '#') + std::string(kBarCells - full, '.') + "]";
}

std::string PercentDone(double fraction) {
  return std::to_string(static_cast<int>(fraction * 100)) + " %";
}

}  // namespace

ProgressDisplay::Form ProgressDisplay::FormFor(const Console& console, bool quiet) {
  if (quiet) return Form::kNone;
  return console.error_can_redraw() ? Form::kBar : Form::kLines;
}

ProgressDisplay::ProgressDisplay(Console& console, std::string task, Form form, Clock clock)
    : console_(console),
      task_(std::move(task)),
      form_(form),
      clock_(std::move(clock)),
      start_(clock_()),
      // A bar is drawn with the first update, a line when it is due.
      last_shown_(form == Form::kBar ? start_ - 1 : start_) {}

ProgressDisplay::~ProgressDisplay() {
  if (bar_is_drawn_) console_.Draw("\r\x1b[K");
}

void ProgressDisplay::Update(std::optional<double> fraction, std::string_view detail) {
  if (fraction) fraction = std::clamp(*fraction, 0.0, 1.0);
  if (form_ == Form::kBar) DrawBar(fraction, detail);
  if (form_ == Form::kLines) PrintLine(fraction, detail);
}

void ProgressDisplay::DrawBar(std::optional<double> fraction, std::string_view detail) {
  const double now = clock_();
  if (now - last_shown_ < kSecondsBetweenDraws) return;
  last_shown_ = now;
  std::string line = task_;
  if (fraction) line += " " + Bar(*fraction) + " " + PercentDone(*fraction);
  if (!detail.empty()) line += "  " + std::string(detail);
  line += TimeLeft(fraction);
  // One column stays free: a full line would make some terminals wrap.
  const std::size_t width = console_.error_width();
  if (line.size() >= width) line.resize(width - 1);
  console_.Draw("\r" + line + "\x1b[K");
  bar_is_drawn_ = true;
}

void ProgressDisplay::PrintLine(std::optional<double> fraction, std::string_view detail) {
  if (fraction) {
    const int tenth = static_cast<int>(*fraction * 10);
    if (tenth <= last_tenth_) return;
    last_tenth_ = tenth;
  } else {
    if (clock_() - last_shown_ < kSecondsBetweenLines) return;
    last_shown_ = clock_();
  }
  std::string line = task_ + ":";
  // The whole tenth that was reached, since updates come a little after it.
  if (fraction) line += " " + PercentDone(last_tenth_ / 10.0);
  if (!detail.empty()) line += (fraction ? ", " : " ") + std::string(detail);
  console_.Note(line + TimeLeft(fraction));
}

std::string ProgressDisplay::TimeLeft(std::optional<double> fraction) const {
  const double elapsed = clock_() - start_;
  // Before a hundredth is done the guess would jump about.
  if (!fraction || *fraction < 0.01 || *fraction >= 1 || elapsed <= 0) return "";
  const double left = elapsed * (1 - *fraction) / *fraction;
  return (form_ == Form::kBar ? "  " : ", ") + HumanSeconds(left) + " left";
}

std::function<void(double)> ProgressDisplay::ShowingLater(ProgressDisplay& display) {
  constexpr double kSecondsBefore = 1;
  return [&display](double share) {
    if (display.clock_() - display.start_ > kSecondsBefore) display.Update(share, "");
  };
}

double ProgressDisplay::SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace wordkin::cli
