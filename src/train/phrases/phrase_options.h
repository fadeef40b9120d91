#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wordkin::train {

enum class PhraseScore {
  // (count(ab) - min_count) x words / (count(a) count(b)) (Mikolov et al., arXiv 1310.4546).
  kWord2vec,
  // Pointwise mutual information over -ln p(ab), in -1 to 1 (Bouma, GSCL 2009).
  kNpmi,
};

// How words that occur together more often than chance become phrases.
struct PhraseOptions {
  int pass_count = 2;  // each may join what earlier ones joined: up to 2^passes words
  PhraseScore score = PhraseScore::kWord2vec;
  double threshold = 0;         // a phrase scores above it; DefaultPhraseThreshold(score)
  double threshold_fall = 1;    // from pass to pass the threshold is multiplied by this
  std::uint64_t min_count = 5;  // of a word and of a pair that may form a phrase
  std::string joiner = "_";
  std::uint64_t max_pairs = 40'000'000;  // held at once, at 32 bytes each; rarer ones are dropped
  int thread_count = 1;
};

inline constexpr int kMostPhrasePasses = 10;
inline constexpr std::size_t kLongestJoiner = 16;  // bytes

double DefaultPhraseThreshold(PhraseScore score);
double DefaultThresholdFall(PhraseScore score);
std::string_view PhraseScoreName(PhraseScore score);

// Throws kUsage for a joiner that holds white space, is ill-formed or too long.
void CheckPhraseOptions(const PhraseOptions& options);

}  // namespace wordkin::train
