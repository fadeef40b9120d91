#include "cli/guarded_run.h"

#include <exception>
#include <new>
#include <string>

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

}  // namespace

int RunGuarded(std::string_view command, Console& console, const std::function<int()>& run) {
  try {
    return run();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) {
      console.Note(error.what());
      return kInterrupted;
    }
    const bool our_mistake = error.kind() == ErrorKind::kInternal;
    return Complain(console, ExitCodeOf(error.kind()),
                    our_mistake
                        ? std::string("a mistake of ours, please report it: ") + error.what()
                        : error.what());
  } catch (const std::bad_alloc&) {
    return Complain(console, kInputOutputFailed,
                    command == "train"
                        ? "out of memory; lower --dimension or --threads, or raise --min-count"
                        : "out of memory; end other programs, or use a machine with more of it");
  } catch (const std::exception& error) {
    return Complain(console, kOurMistake,
                    std::string("a mistake of ours, please report it: ") + error.what());
  }
}

}  // namespace wordkin::cli
