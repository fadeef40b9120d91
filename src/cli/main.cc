#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include "cli/application.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/guarded_run.h"

namespace wordkin::cli {
namespace {

int Run(const std::vector<std::string>& words) {
  Console console;
  try {
    return RunGuarded(words.empty() ? "" : words.front(), console,
                      [&] { return RunApplication(words, console); });
  } catch (const ClosedPipe&) {
    return kDone;
  }
}

// A mapped file that another program cuts short ends here, wherever it is read.
void OnBusError(int) {
  constexpr std::string_view kMessage =
      "wordkin: a file was cut short while it was read; run this again when it is whole\n";
  [[maybe_unused]] const ssize_t written = ::write(2, kMessage.data(), kMessage.size());
  ::_exit(kInputOutputFailed);
}

}  // namespace
}  // namespace wordkin::cli

int main(int argument_count, char** arguments) {
  wordkin::cli::GuardStandardStreams();
  // Writing to a closed pipe or beyond a limit on files then fails with a reason, and whoever wrote
  // says so or ends quietly.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGBUS, wordkin::cli::OnBusError);
  std::vector<std::string> words;
  for (int i = 1; i < argument_count; ++i) words.emplace_back(arguments[i]);
  return wordkin::cli::Run(words);
}
