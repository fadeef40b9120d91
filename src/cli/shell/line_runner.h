#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/console.h"

namespace wordkin::cli {

// How a line ended: by an answer or an error, by Ctrl-C, or because it ends the shell.
enum class LineEnd { kAnswered, kInterrupted, kQuit };

// Runs the lines of a shell: commands of the table with the shell's FILE filled in, and words
// alone, whose neighbours are listed.
class LineRunner {
 public:
  // 'shell' are the arguments of the shell, whose options go on to the commands that have them.
  // Both must outlive this.
  LineRunner(const Arguments& shell, Console& console);

  // Errors are told and end nothing. Throws ClosedPipe.
  LineEnd Run(std::string_view line);

 private:
  // The exit code of their command.
  int RunWords(const std::vector<std::string>& words);
  // Throws kUsage when 'words' seem meant for a command that is not to be had here.
  void RefuseOtherCommands(const std::vector<std::string>& words) const;
  // Throws kUsage for a command and its words that can hardly be meant so.
  void RefuseSlips(const Command& command, const std::vector<std::string>& words) const;
  int Ask(const Command& command, const std::vector<std::string>& words);
  std::string Help() const;

  const Arguments& shell_;
  Console& console_;
  std::string path_;
};

}  // namespace wordkin::cli
