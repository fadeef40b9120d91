#include "cli/command_table.h"

#include <vector>

#include "cli/commands/all_commands.h"
#include "cli/suggest.h"
#include "common/support/error.h"

namespace wordkin::cli {

namespace {

// A line each, so that changes that add one do not meet.
// clang-format off
constexpr const Command* kCommands[] = {
    // Learning.
    &kTrainCommand,
    &kPhrasesCommand,
    // Asking about words.
    &kNeighborsCommand,
    &kAnalogyCommand,
    &kSimilarityCommand,
    &kOddOneOutCommand,
    &kRankOfCommand,
    &kRelationCommand,
    &kClusterCommand,
    &kDuplicatesCommand,
    &kMapCommand,
    &kShellCommand,
    // Asking about texts.
    &kEmbedTextCommand,
    &kSearchCommand,
    // Judging and changing vectors.
    &kEvaluateCommand,
    &kBenchCommand,
    &kIndexCommand,
    &kPostprocessCommand,
    &kConvertCommand,
    &kShrinkCommand,
    // Encoders.
    &kTokenizeCommand,
    &kEncodeCommand,
    &kDistillCommand,
    &kCompareCommand,
    // Files, and help.
    &kInfoCommand,
    &kVerifyCommand,
    &kCompletionsCommand,
    &kHelpCommand,
};
// clang-format on

}  // namespace

std::span<const Command* const> Commands() { return kCommands; }

const Command& FindCommand(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* command : kCommands) {
    if (command->name == name) return *command;
    names.push_back(command->name);
  }
  throw Error(ErrorKind::kUsage, "there is no command '" + std::string(name) + "'" +
                                     DidYouMean(NearestNames(name, names)) +
                                     "\nSee 'wordkin help' for those there are.");
}

}  // namespace wordkin::cli
