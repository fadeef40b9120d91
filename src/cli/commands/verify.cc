#include <algorithm>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "query/packed_graph.h"

namespace wordkin::cli {
namespace {

// Returns the exit code that this file alone would give.
int VerifyOne(const std::string& path, bool as_json, Console& console) {
  try {
    VerifyStore(path);
    const EmbeddingStore store(path);
    const std::size_t section_count = store.sections().size();
    if (const auto graph = store.ReadSection(SectionKind::kGraph)) {
      query::CheckPackedGraph(*graph, store.size(), path);
    }
    if (as_json) {
      Json json;
      json["file"] = path;
      json["intact"] = true;
      json["sections"] = section_count;
      console.Write(JsonLine(json));
    } else {
      console.Write(path + ": all " + Counted(section_count, "section", "sections") + " match\n");
    }
    return kDone;
  } catch (const Error& error) {
    if (as_json) {
      Json json;
      json["file"] = path;
      json["intact"] = false;
      json["error"] = error.what();
      console.Write(JsonLine(json));
    }
    // The other files are checked all the same.
    console.Flush();
    console.Complain(error.what());
    return ExitCodeOf(error.kind());
  }
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

const Command kVerifyCommand = {
    .name = "verify",
    .summary = "check every byte of .kin files",
    .description =
        "Opening a file checks its outline only; verify reads all of it. A damaged file "
        "is reported with the section that is bad, and exit code 4.",
    .positionals = kPositionals,
    .minimum_positionals = 1,
    .examples = kExamples,
    .options = kOptions,
    .run = Run,
};

}  // namespace wordkin::cli
