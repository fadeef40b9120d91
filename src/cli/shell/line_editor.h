#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/shell/history_file.h"
#include "cli/shell/line_completion.h"

namespace wordkin::cli {

// Reads lines from a terminal, where they can be edited, completed with Tab and recalled; the keys
// are those of ~/.editrc, else Emacs's.
class LineEditor {
 public:
  // What completes the text before the cursor; it throws nothing.
  using Completer = std::function<LineCompletion(std::string_view)>;

  // Reads the terminal of 'descriptor' and writes to standard output. 'prompt' may have escape
  // sequences of colours. Throws kInputOutput.
  LineEditor(int descriptor, const std::string& prompt, HistoryFile history, Completer completer);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // A line without its end; empty when Ctrl-C cancelled it; nullopt at the end (Ctrl-D). What is
  // not blank is kept in the history.
  std::optional<std::string> ReadLine();

 private:
  class Terminal;
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace wordkin::cli
