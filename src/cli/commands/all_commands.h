#pragma once

#include "cli/command.h"

namespace wordkin::cli {

// Each is defined in the file of its name; the table in command_table.cc orders them.
extern const Command kAnalogyCommand;
extern const Command kBenchCommand;
extern const Command kClusterCommand;
extern const Command kCompareCommand;
extern const Command kCompletionsCommand;
extern const Command kConvertCommand;
extern const Command kDistillCommand;
extern const Command kEmbedTextCommand;
extern const Command kDuplicatesCommand;
extern const Command kEncodeCommand;
extern const Command kEvaluateCommand;
extern const Command kHelpCommand;
extern const Command kIndexCommand;
extern const Command kInfoCommand;
extern const Command kMapCommand;
extern const Command kNeighborsCommand;
extern const Command kOddOneOutCommand;
extern const Command kPhrasesCommand;
extern const Command kPostprocessCommand;
extern const Command kSearchCommand;
extern const Command kRankOfCommand;
extern const Command kRelationCommand;
extern const Command kShellCommand;
extern const Command kShrinkCommand;
extern const Command kSimilarityCommand;
extern const Command kTokenizeCommand;
extern const Command kTrainCommand;
extern const Command kVerifyCommand;

}  // namespace wordkin::cli
