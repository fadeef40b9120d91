#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cli/console.h"

namespace wordkin::cli {

// How far a long task is, on standard error: a bar redrawn at most six times a second on a
// terminal, else a line each ten percent (each 30 seconds when the whole is unknown).
class ProgressDisplay {
 public:
  using Clock = std::function<double()>;  // seconds

  enum class Form { kNone, kLines, kBar };
  static Form FormFor(const Console& console, bool quiet);

  ProgressDisplay(Console& console, std::string task, Form form, Clock clock = SteadySeconds);
  // Takes the bar away.
  ~ProgressDisplay();
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  // 'fraction' in [0, 1], nullopt when unknown; 'detail' is shown beside it, with the time left.
  void Update(std::optional<double> fraction, std::string_view detail);

  static double SteadySeconds();

  // What shows the shares it is told of, once the task has taken a second: what is done sooner
  // needs no display. 'display' outlives it.
  static std::function<void(double)> ShowingLater(ProgressDisplay& display);

 private:
  void DrawBar(std::optional<double> fraction, std::string_view detail);
  void PrintLine(std::optional<double> fraction, std::string_view detail);
  std::string TimeLeft(std::optional<double> fraction) const;

  Console& console_;
  std::string task_;
  Form form_;
  Clock clock_;
  double start_;
  double last_shown_;
  int last_tenth_ = 0;
  bool bar_is_drawn_ = false;
};

}  // namespace wordkin::cli
