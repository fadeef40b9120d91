#include "cli/training/event_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// As a full disk leaves it.
bool EndsAmidALine(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  std::ifstream file(path, std::ios::binary);
  return file.seekg(-1, std::ios::end) && file.get() != '\n';
}

}  // namespace

EventLog::EventLog(const std::string& path, Console& console, EarlierEvents earlier)
    : path_(path), console_(console), is_open_(!path.empty()) {
  if (!is_open_ || path == "-") return;
  const bool keeps_earlier = earlier == EarlierEvents::kKept;
  const bool must_end_line = keeps_earlier && EndsAmidALine(path);
  descriptor_ = ::open(path.c_str(),
                       O_WRONLY | O_CREAT | O_CLOEXEC | (keeps_earlier ? O_APPEND : O_TRUNC), 0666);
  if (descriptor_ < 0) throw SystemError("cannot write '" + path + "'", errno);
  if (must_end_line) WriteAll("\n");
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
