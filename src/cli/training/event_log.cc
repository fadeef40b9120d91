#include "cli/training/event_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "common/support/error.h"

namespace wordkin::cli {

EventLog::EventLog(const std::string& path, Console& console)
    : path_(path), console_(console), is_open_(!path.empty()) {
  if (!is_open_ || path == "-") return;
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw SystemError("cannot write '" + path + "'", errno);
}

EventLog::~EventLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void EventLog::Add(const std::string& event, const Json& fields) {
  if (!is_open_) return;
  Json json;
  json["event"] = event;
  json.update(fields);
  try {
    WriteAll(JsonLine(json));
  } catch (const ClosedPipe&) {
    is_open_ = false;
  } catch (const Error& error) {
    is_open_ = false;
    console_.Complain(std::string(error.what()) + "; the run goes on without --json-log");
  }
}

void EventLog::WriteAll(std::string_view line) const {
  if (descriptor_ < 0) {
    console_.Write(line);
    console_.Flush();
    return;
  }
  while (!line.empty()) {
    const ssize_t count = ::write(descriptor_, line.data(), line.size());
    if (count >= 0) {
      line.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      throw SystemError("cannot write '" + path_ + "'", errno);
    }
  }
}

}  // namespace wordkin::cli
