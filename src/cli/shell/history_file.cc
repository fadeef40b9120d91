#include "cli/shell/history_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace wordkin::cli {
namespace {

// As the XDG Base Directory Specification has it: a path that is not absolute is ignored.
std::string AbsoluteVariable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr && *value == '/' ? value : "";
}

// The folders of 'file' that are missing, for the owner alone.
void MakeFoldersOf(const std::filesystem::path& file) {
  std::filesystem::path folder;
  for (const std::filesystem::path& part : file.parent_path()) {
    folder /= part;
    ::mkdir(folder.c_str(), 0700);
  }
}

}  // namespace

std::string HistoryFile::DefaultPath() {
  std::string folder = AbsoluteVariable("XDG_STATE_HOME");
  if (folder.empty()) {
    folder = AbsoluteVariable("HOME");
    if (folder.empty()) return "";
    folder += "/.local/state";
  }
  return folder + "/wordkin/history";
}

std::vector<std::string> HistoryFile::Read() const {
  std::vector<std::string> lines;
  std::error_code ignored;
  // Not a pipe, which would be waited for.
  if (!std::filesystem::is_regular_file(path_, ignored)) return lines;
  std::ifstream file(path_, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
  if (lines.size() <= kMostLines) return lines;
  const bool is_long = lines.size() > 2 * kMostLines;
  lines.erase(lines.begin(), lines.end() - kMostLines);
  if (!is_long) return lines;
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  const std::string shorter = path_ + "." + std::to_string(::getpid());
  Append(shorter, text);
  if (::rename(shorter.c_str(), path_.c_str()) != 0) ::unlink(shorter.c_str());
  return lines;
}

bool HistoryFile::MakeReady() const {
  if (path_.empty()) return true;
  MakeFoldersOf(path_);
  return Append(path_, "");
}

void HistoryFile::Add(std::string_view line) const {
  if (path_.empty()) return;
  MakeFoldersOf(path_);
  Append(path_, std::string(line) + "\n");
}

// In one write, so that lines of two shells do not mix.
bool HistoryFile::Append(const std::string& path, std::string_view lines) const {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (descriptor < 0) return false;
  const ssize_t written = ::write(descriptor, lines.data(), lines.size());
  ::close(descriptor);
  return written == static_cast<ssize_t>(lines.size());
}

}  // namespace wordkin::cli
