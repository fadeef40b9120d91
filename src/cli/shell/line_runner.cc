#include "cli/shell/line_runner.h"

#include <algorithm>

#include "cli/answers/open_vectors.h"
#include "cli/application.h"
#include "cli/command_table.h"
#include "cli/commands/all_commands.h"
#include "cli/exit_codes.h"
#include "cli/guarded_run.h"
#include "cli/help_text.h"
#include "cli/manual/table_reading.h"
#include "cli/shell/line_words.h"
#include "cli/shell/shell_commands.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

// Whether the option stands among the words of a command.
bool IsGiven(const Option& option, const std::vector<std::string>& words) {
  const auto end = std::ranges::find(words, "--");
  return std::any_of(words.begin(), end, [&](const std::string& word) {
    const auto names = DashedNames(option);
    return std::ranges::find(names, word) != names.end() || word.starts_with(names.front() + "=");
  });
}

bool IsCommandName(const std::string& word) {
  return std::ranges::any_of(Commands(), [&](const Command* each) { return each->name == word; });
}

}  // namespace

LineRunner::LineRunner(const Arguments& shell, Console& console)
    : shell_(shell), console_(console), path_(shell.positionals().front()) {
  // Behind options it would be taken for one.
  if (path_.starts_with('-')) path_ = "./" + path_;
}

LineEnd LineRunner::Run(std::string_view line) {
  bool quits = false;
  const int exit_code = RunGuarded("shell", console_, [&]() -> int {
    const std::vector<std::string> words = SplitLine(line);
    quits = words.size() == 1 && EndsShell(words.front());
    if (words.empty() || quits) return kDone;
    const int code = RunWords(words);
    console_.Flush();
    return code;
  });
  if (quits) return LineEnd::kQuit;
  return exit_code == kInterrupted ? LineEnd::kInterrupted : LineEnd::kAnswered;
}

int LineRunner::RunWords(const std::vector<std::string>& words) {
  const std::vector<std::string> others(words.begin() + 1, words.end());
  if (words.front() == kShellHelp) {
    if (!others.empty()) return RunCommand(kHelpCommand, others, console_);
    console_.Write(Help());
    return kDone;
  }
  if (const Command* command = FindShellCommand(words.front())) {
    RefuseSlips(*command, others);
    return Ask(*command, others);
  }
  RefuseOtherCommands(words);
  RefuseSlips(kNeighborsCommand, words);
  return Ask(kNeighborsCommand, words);
}

void LineRunner::RefuseOtherCommands(const std::vector<std::string>& words) const {
  const std::string& first = words.front();
  if (words.size() == 1 && first == "?" && !OpenVectors(path_, nullptr).store.Find(first)) {
    throw Error(ErrorKind::kUsage, "'?' is no word of '" + path_ + "'; 'help' tells what to ask");
  }
  // A single word is one to ask about, and so is an expression.
  if (words.size() == 1 || words[1] == "+" || words[1] == "-") return;
  if (IsCommandName(first)) {
    throw Error(ErrorKind::kUsage, "'" + first + "' does not ask '" + path_ +
                                       "': end the shell with 'quit' and run 'wordkin " + first +
                                       "', or ask about the word with 'neighbors'");
  }
  if (OpenVectors(path_, nullptr).store.Find(first)) return;
  std::vector<std::string_view> names;
  for (const Command* command : ShellCommands()) names.push_back(command->name);
  const std::vector<std::string> near = NearestNames(first, names);
  if (near.empty()) return;
  throw Error(ErrorKind::kUsage, "'" + Printable(first) + "' is neither a command nor a word of '" +
                                     path_ + "'" + DidYouMean(near));
}

void LineRunner::RefuseSlips(const Command& command, const std::vector<std::string>& words) const {
  // Whoever asks about the word must not find the file changed.
  if (&command == &kIndexCommand && words.empty()) {
    throw Error(ErrorKind::kUsage, "'index' changes '" + path_ +
                                       "': say so by 'index --kind graph', or ask about the word "
                                       "with 'neighbors index'");
  }
  if (&command != &kNeighborsCommand) return;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] != "-" || (i + 1 < words.size() && !words[i + 1].starts_with('-'))) continue;
    throw Error(ErrorKind::kUsage, "the sum is not finished: a word is wanted behind '" +
                                       Printable(words[i - 1]) + " -'");
  }
}

int LineRunner::Ask(const Command& command, const std::vector<std::string>& words) {
  std::vector<std::string> line;
  for (const Option& option : AllOptions(command)) {
    const std::vector<std::string> given = shell_.GivenOptions();
    if (std::ranges::find(given, option.name) == given.end() || IsGiven(option, words)) continue;
    line.push_back("--" + std::string(option.name));
    if (TakesValue(option)) line.back() += "=" + shell_.Text(option.name);
  }
  line.push_back(path_);
  line.insert(line.end(), words.begin(), words.end());
  return RunCommand(command, line, console_);
}

std::string LineRunner::Help() const {
  std::vector<HelpRow> rows = {
      {"WORD...",
       "the nearest words, as 'neighbors WORD...' lists them, unless the first names a command; of "
       "'king - man + woman' those near to the sum"}};
  for (const Command* command : ShellCommands()) {
    rows.push_back({std::string(command->name), std::string(command->summary)});
  }
  rows.push_back({std::string(kShellHelp) + " [COMMAND]", "this text, or more about a command"});
  rows.push_back({"quit, exit, Ctrl-D", "end the shell"});
  return WrappedText("A line asks '" + Printable(path_) +
                     "', which is filled in as FILE; a word with blanks stands in quotes.") +
         "\n" + HelpTable(rows, 20);
}

}  // namespace wordkin::cli
