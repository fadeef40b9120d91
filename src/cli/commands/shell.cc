#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "cli/answers/open_vectors.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/question_session.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/shell/history_file.h"
#include "cli/shell/line_completion.h"
#include "cli/shell/line_editor.h"
#include "cli/shell/line_runner.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace shell_command {
namespace {

// Standard input for the shell alone: while this lives, commands find it empty.
class TakenInput {
 public:
  TakenInput() : descriptor_(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0 || nothing < 0) throw SystemError("cannot read standard input", errno);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
  }
  ~TakenInput() {
    ::dup2(descriptor_, STDIN_FILENO);
    ::close(descriptor_);
  }
  TakenInput(const TakenInput&) = delete;
  TakenInput& operator=(const TakenInput&) = delete;

  int descriptor() const { return descriptor_; }
  bool is_terminal() const { return ::isatty(descriptor_) == 1; }

 private:
  int descriptor_;
};

std::string PromptFor(const std::string& path, const Console& console) {
  return console.Bold(Printable(std::filesystem::path(path).filename().string()) + ">") + " ";
}

void Greet(const EmbeddingStore& store, Console& console) {
  console.Note(store.path() + ": " + Counted(store.size(), "word", "words") + " x " +
               std::to_string(store.dimension()) +
               "; a word asks for its neighbours, 'help' tells more, Ctrl-D ends.");
}

// libedit, which calls this, knows no exceptions.
LineCompletion CompleteOrNot(std::string_view line, const std::string& path) {
  try {
    return CompleteLine(line, OpenVectors(path, nullptr).store);
  } catch (const std::exception&) {
    return {line.size(), ""};
  }
}

void TalkAtTerminal(const TakenInput& input, const std::string& path, HistoryFile history,
                    LineRunner& runner, Console& console) {
  LineEditor editor(input.descriptor(), PromptFor(path, console), std::move(history),
                    [&](std::string_view line) { return CompleteOrNot(line, path); });
  while (const std::optional<std::string> line = editor.ReadLine()) {
    if (runner.Run(*line) == LineEnd::kQuit) return;
  }
  console.Write("\n");
}

// A terminal that can only show lines gets a prompt, a pipe nothing but answers, and there Ctrl-C
// ends more than a command: nobody is there to go on. Returns the exit code.
int AnswerLines(const TakenInput& input, const std::string& prompt, LineRunner& runner,
                Console& console) {
  QueryLines lines(console, input.descriptor());
  while (true) {
    console.Write(prompt);
    const std::vector<QueryLine> next = lines.Next(1);
    if (next.empty()) return kDone;
    if (!next.front().fault.empty()) {
      console.Complain(next.front().fault);
      continue;
    }
    const LineEnd end = runner.Run(next.front().text);
    if (end == LineEnd::kQuit) return kDone;
    if (end == LineEnd::kInterrupted && prompt.empty()) return kInterrupted;
  }
}

int Run(const Arguments& arguments, Console& console) {
  const std::string& path = arguments.positionals().front();
  const TakenInput input;
  const bool is_quiet = arguments.Has("quiet");
  const bool is_conversation = input.is_terminal() && console.output_is_terminal();
  const QuestionSession session;
  const EmbeddingStore store = OpenVectors(path, is_quiet ? nullptr : &console).store;
  if (is_conversation && !is_quiet) Greet(store, console);
  LineRunner runner(arguments, console);
  if (is_conversation && console.error_can_redraw()) {
    HistoryFile history(HistoryFile::DefaultPath());
    if (!is_quiet && !history.MakeReady()) {
      console.Note("lines are not kept for later shells: '" + history.path() +
                   "' cannot be written");
    }
    TalkAtTerminal(input, path, std::move(history), runner, console);
    return kDone;
  }
  return AnswerLines(input, is_conversation ? PromptFor(path, console) : "", runner, console);
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"shell v.kin", "ask one question after another"},
    {"shell v.kin --json < questions.txt", "commands of a file, a JSON object for each answer"},
};
constexpr Option kOptions[] = {
    {.name = "json", .description = "hand --json on to all commands that have it"},
    {.name = "quiet",
     .letter = 'q',
     .description = "no greeting, and do not note that vectors of another tool are read"},
};

}  // namespace
}  // namespace shell_command

const Command kShellCommand = {
    .name = "shell",
    .summary = "ask one file again and again at a prompt",
    .description =
        "A line is a command that takes FILE, without wordkin and FILE: 'analogy man king woman', "
        "'neighbors king -k 5', 'info'. A word alone asks for its neighbours, unless it names a "
        "command, and so does 'king - man + woman'. Words with blanks stand in quotes. The file is "
        "opened once, and again when it has changed.\n"
        "At a terminal Tab completes commands, options and words, the arrow keys recall earlier "
        "lines and Ctrl-R searches them; they are kept in $XDG_STATE_HOME/wordkin/history, else "
        "below ~/.local/state. Ctrl-C leaves a line, and 'cluster', 'duplicates', 'index' or 'map' "
        "while "
        "it works; while another command does, it ends the shell. Lines of a pipe or file are "
        "answered without a prompt, and there Ctrl-C ends the shell, with exit code 130. An error "
        "ends nothing: 'quit', 'exit', Ctrl-D or the end of "
        "the input do, with exit code 0.",
    .positionals = shell_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = shell_command::kExamples,
    .options = shell_command::kOptions,
    .run = shell_command::Run,
};

}  // namespace wordkin::cli
