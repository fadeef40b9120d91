#include "train/phrases/phrase_options.h"

#include <algorithm>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "common/text/word_boundary.h"

namespace wordkin::train {

double DefaultPhraseThreshold(PhraseScore score) {
  return score == PhraseScore::kWord2vec ? 200 : 0.7;
}

double DefaultThresholdFall(PhraseScore score) {
  return score == PhraseScore::kWord2vec ? 0.5 : 0.9;
}

std::string_view PhraseScoreName(PhraseScore score) {
  return score == PhraseScore::kWord2vec ? "word2vec" : "npmi";
}

void CheckPhraseOptions(const PhraseOptions& options) {
  if (options.score == PhraseScore::kNpmi && options.threshold >= 1) {
    throw Error(ErrorKind::kUsage,
                "no pair scores above 1 by npmi, so that a threshold of 1 or more joins none; take "
                "0.7, say");
  }
  const std::string& joiner = options.joiner;
  const auto refuse = [&](const std::string& reason) {
    throw Error(ErrorKind::kUsage, "cannot join words by " + QuoteExcerpt(joiner) + ", " + reason +
                                       "; take '_', say, or nothing for Chinese characters");
  };
  if (joiner.size() > kLongestJoiner) {
    refuse("which is longer than " + std::to_string(kLongestJoiner) + " bytes");
  }
  if (!IsValidUtf8(joiner)) refuse("which is not valid UTF-8");
  const std::u32string code_points = ToCodePoints(joiner);
  if (std::ranges::any_of(code_points, [](char32_t code_point) {
        return IsWhitespace(code_point) || code_point == kByteOrderMark;
      })) {
    refuse("which would part them again");
  }
}

}  // namespace wordkin::train
