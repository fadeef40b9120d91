#include "cli/shared_choices.h"

#include "cli/machine.h"
#include "common/support/thread_check.h"

namespace wordkin::cli {

Precision ChosenPrecision(const Arguments& arguments) {
  return arguments.Choose<Precision>("store",
                                     {{PrecisionName(Precision::kTwoPlane), Precision::kTwoPlane},
                                      {PrecisionName(Precision::kInt8), Precision::kInt8},
                                      {PrecisionName(Precision::kFloat32), Precision::kFloat32}});
}

TokenizerKind ChosenTokenizer(const Arguments& arguments) {
  return arguments.Choose<TokenizerKind>("tokenizer", {{"whitespace", TokenizerKind::kWhitespace},
                                                       {"words", TokenizerKind::kWords},
                                                       {"characters", TokenizerKind::kCharacters}});
}

query::AnalogyMethod ChosenMethod(const Arguments& arguments) {
  return arguments.Choose<query::AnalogyMethod>("method",
                                                {{"add", query::AnalogyMethod::kAdd},
                                                 {"multiply", query::AnalogyMethod::kMultiply},
                                                 {"direction", query::AnalogyMethod::kDirection}});
}

int WantedThreads(const Arguments& arguments) {
  return arguments.Has("threads") ? arguments.Int("threads") : ProcessorCount();
}

int ChosenThreads(const Arguments& arguments) {
  const int count = WantedThreads(arguments);
  RequireThreads(count);
  return count;
}

}  // namespace wordkin::cli
