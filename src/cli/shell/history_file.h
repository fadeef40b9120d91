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

  // Makes the file and its folders when they are missing. False when lines will be forgotten though
  // there is to be a file.
  bool MakeReady() const;
  const std::string& path() const { return path_; }
  // The last kMostLines, oldest first. A file that has grown much longer is cut to them.
  std::vector<std::string> Read() const;
  // Appends; makes the file and its folders when they are missing.
  void Add(std::string_view line) const;

 private:
  // Whether it could be done.
  bool Append(const std::string& path, std::string_view lines) const;

  std::string path_;
};

}  // namespace wordkin::cli
