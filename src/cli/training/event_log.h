#pragma once

#include <string>

#include "cli/console.h"
#include "cli/json.h"

namespace wordkin::cli {

enum class EarlierEvents { kDropped, kKept };

// The events of a long run for other programs, JSON Lines: {"event": name, ...}. Each is written at
// once, so that the file can be followed.
class EventLog {
 public:
  // Empty path: every event is dropped. "-": standard output. Else a file, whose earlier events may
  // stay in front; throws kInputOutput when it cannot be written.
  EventLog(const std::string& path, Console& console,
           EarlierEvents earlier = EarlierEvents::kDropped);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  // Adds 'fields', an object. When it cannot be written the log ends there, with a complaint: the
  // run itself is worth more.
  void Add(const std::string& event, const Json& fields);

 private:
  void WriteAll(std::string_view line) const;

  std::string path_;
  Console& console_;
  int descriptor_ = -1;
  bool is_open_;
};

}  // namespace wordkin::cli
