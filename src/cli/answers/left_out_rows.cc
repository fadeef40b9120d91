#include "cli/answers/left_out_rows.h"

#include <utility>

#include "cli/numbers.h"

namespace wordkin::cli {

std::vector<std::string> LeftOutLines(const SkippedRows& skipped, const std::string& path) {
  constexpr std::pair<RowFault, std::string_view> kKinds[] = {
      {RowFault::kRepeatedWord, "of a word that was there before"},
      {RowFault::kBadWord, "without a word or with one that cannot be"},
      {RowFault::kBadValue, "with a value that is no finite number"},
      {RowFault::kTooFewValues, "with too few values"},
      {RowFault::kTooManyValues, "with too many values"},
  };
  std::vector<std::string> lines;
  for (const auto& [fault, description] : kKinds) {
    const SkippedRows::Kind& kind = skipped.Of(fault);
    if (kind.count == 0) continue;
    lines.push_back("left out " + Counted(kind.count, "row", "rows") + " of " + path + " " +
                    std::string(description) + "; the first: " + kind.first);
  }
  if (!skipped.mended_count.empty()) {
    lines.push_back("took " + path + " with the rows that there are; " + skipped.mended_count);
  }
  return lines;
}

}  // namespace wordkin::cli
