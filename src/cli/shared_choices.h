#pragma once

#include "cli/arguments.h"
#include "common/store/store_format.h"
#include "common/text/word_boundary.h"
#include "query/questions/analogy.h"

namespace wordkin::cli {

// What --store, --tokenizer, --method and --threads stand for, in the commands that have them.
Precision ChosenPrecision(const Arguments& arguments);
TokenizerKind ChosenTokenizer(const Arguments& arguments);
query::AnalogyMethod ChosenMethod(const Arguments& arguments);
// Throws kInputOutput when the system does not grant so many.
int ChosenThreads(const Arguments& arguments);
// The same unchecked, for what goes on with fewer.
int WantedThreads(const Arguments& arguments);

}  // namespace wordkin::cli
