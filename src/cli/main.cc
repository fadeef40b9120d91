#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/application.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// What was answered before an error is still worth having.
void FlushWhatCanBe(Console& console) {
  try {
    console.Flush();
  } catch (const ClosedPipe&) {
  } catch (const Error&) {
  }
}

int Complain(Console& console, int exit_code, const std::string& message) {
  FlushWhatCanBe(console);
  console.Complain(message);
  return exit_code;
}

// The one place where exceptions become messages and exit codes.
int RunGuarded(const std::vector<std::string>& words) {
  Console console;
  try {
    return RunApplication(words, console);
  } catch (const ClosedPipe&) {
    return kDone;
  } catch (const Error& error) {
    const bool our_mistake = error.kind() == ErrorKind::kInternal;
    return Complain(console, ExitCodeOf(error.kind()),
                    our_mistake
                        ? std::string("a mistake of ours, please report it: ") + error.what()
                        : error.what());
  } catch (const std::bad_alloc&) {
    const bool is_training = !words.empty() && words.front() == "train";
    return Complain(console, kInputOutputFailed,
                    is_training
                        ? "out of memory; lower --dimension or --threads, or raise --min-count"
                        : "out of memory; end other programs, or use a machine with more of it");
  } catch (const std::exception& error) {
    return Complain(console, kOurMistake,
                    std::string("a mistake of ours, please report it: ") + error.what());
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
  return wordkin::cli::RunGuarded(words);
}
