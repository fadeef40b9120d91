#include "cli/answers/left_out_words.h"

#include <algorithm>

#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {

std::string LeftOutWords(const std::vector<std::string>& unknown, std::string_view source) {
  constexpr std::size_t kMostNamed = 5;
  std::string line = "left out " + Counted(unknown.size(), "unknown word", "unknown words") +
                     " of " + std::string(source) + ":";
  for (std::size_t i = 0; i < std::min(unknown.size(), kMostNamed); ++i) {
    line += (i == 0 ? " " : ", ") + QuoteExcerpt(unknown[i]);
  }
  return line + (unknown.size() > kMostNamed ? " ..." : "");
}

}  // namespace wordkin::cli
