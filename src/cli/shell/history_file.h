#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::cli {

// The lines of earlier shells, one a line, in a file that only its owner may read. Nothing here
// fails: where the file or its folder cannot be had, lines are forgotten.
class HistoryFile {
 public:
  static constexpr std::size_t kMostLines = 1000;

  // wordkin/history in $XDG_STATE_HOME, else in ~/.local/state; "" without either.
  static std::string DefaultPath();

  // "": no file.
  explicit HistoryFile(std::string path) : path_(std::move(path)) {}

  // The last kMostLines, oldest first. A file that has grown much longer is cut to them.
  std::vector<std::string> Read() const;
  // Appends; makes the file and its folders when they are missing.
  void Add(std::string_view line) const;

 private:
  void Append(const std::string& path, std::string_view lines) const;

  std::string path_;
};

}  // namespace wordkin::cli
