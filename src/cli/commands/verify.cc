#include <algorithm>
#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/search/packed_graph.h"

namespace wordkin::cli {
namespace verify_command {
namespace {

// Throws for what is wrong; returns the number of sections.
std::size_t CheckAll(const std::string& path) {
  VerifyStore(path);
  const EmbeddingStore store(path);
  if (const auto graph = store.ReadSection(SectionKind::kGraph)) {
    query::CheckPackedGraph(*graph, store.size(), path);
  }
  return store.sections().size();
}

int ReportIntact(const std::string& path, std::size_t section_count, bool as_json,
                 Console& console) {
  if (as_json) {
    Json json;
    json["file"] = path;
    json["intact"] = true;
    json["sections"] = section_count;
    console.Write(JsonLine(json));
  } else {
    console.Write(Printable(path) + ": all " + Counted(section_count, "section", "sections") +
                  " match\n");
  }
  return kDone;
}

int ReportFault(const std::string& path, const Error& fault, bool as_json, Console& console) {
  if (as_json) {
    Json json;
    json["file"] = path;
    json["intact"] = false;
    json["error"] = fault.what();
    console.Write(JsonLine(json));
  }
  console.Flush();
  console.Complain(fault.what());
  return ExitCodeOf(fault.kind());
}

// Returns the exit code that this file alone would give.
int VerifyOne(const std::string& path, bool as_json, Console& console) {
  std::size_t section_count = 0;
  // The checks alone: output that fails is no fault of the file, and ends the command.
  std::optional<Error> fault;
  try {
    section_count = CheckAll(path);
  } catch (const Error& error) {
    fault = error;  // the other files are checked all the same
  }
  return fault ? ReportFault(path, *fault, as_json, console)
               : ReportIntact(path, section_count, as_json, console);
}

int Run(const Arguments& arguments, Console& console) {
  int worst = kDone;
  for (const std::string& path : arguments.positionals()) {
    worst = std::max(worst, VerifyOne(path, arguments.Has("json"), console));
  }
  return worst;
}

constexpr Positional kPositionals[] = {{"FILE...", "the .kin files to check"}};
constexpr Example kExamples[] = {{"verify v.kin", "read every byte and check every checksum"}};
constexpr Option kOptions[] = {kJsonOption};

}  // namespace
}  // namespace verify_command

const Command kVerifyCommand = {
    .name = "verify",
    .summary = "check every byte of .kin files",
    .description =
        "Opening a file checks its outline only; verify reads all of it. A damaged file "
        "is reported with the section that is bad, and exit code 4.",
    .positionals = verify_command::kPositionals,
    .minimum_positionals = 1,
    .examples = verify_command::kExamples,
    .options = verify_command::kOptions,
    .run = verify_command::Run,
};

}  // namespace wordkin::cli
