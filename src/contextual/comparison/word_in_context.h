#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "contextual/comparison/word_usages.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::contextual {

// A word in two texts, and whether it means the same in both.
struct ContextPair {
  std::string word;
  std::array<std::string, 2> texts;
  std::array<ByteRange, 2> places;
  bool is_same = false;
};

// WiC's layout (Pilehvar and Camacho-Collados, NAACL 2019): word, part of speech, the numbers of
// the word in both texts ("2-5"), the two texts, by tabs. Answers T or F, a line each, are in a
// file named alike with ".gold." for ".data.". Throws kInputOutput, or kDamaged naming the line.
std::vector<ContextPair> ReadContextPairs(const std::string& path);

// Means the same: score >= threshold, which gives most right answers on the pairs it was tuned on
// (the lowest of those that do equally well).
struct ContextMethod {
  std::string name;
  double tuned_accuracy = 0;
  float threshold = 0;
  std::size_t correct = 0;  // of the pairs asked
};

struct ContextReport {
  std::size_t asked = 0;
  std::size_t skipped = 0;  // pairs, of both parts, whose word lies behind what the encoder takes
  std::size_t same = 0;  // pairs of one meaning: what a static vector, always the same, gets right
  std::size_t tuned_on = 0;
  std::vector<ContextMethod> methods;
  std::size_t best = 0;  // method by tuned_accuracy, the first of equals
};

// Scores pairs by the cosine of the word's two vectors, in several ways:
//   layer N           as they are
//   last 4            the mean of the last four layers
//   centred N         less the mean over the usages tuned on
//   whitened N        centred, then along as many of those usages' principal components as a
//                     third of the dimension, each divided by its standard deviation there
//   in context N      centred, less its part along the word's own embedding (layer 0)
// Thresholds, means and components come from 'tuning' alone. Throws kUsage when of a part no pair
// is left. Keeps every layer of every usage: ContextMemoryBytes.
ContextReport EvaluateWordInContext(const TextEncoder& encoder,
                                    const std::vector<ContextPair>& pairs,
                                    const std::vector<ContextPair>& tuning, int thread_count);

// What that takes for the usages' vectors: 80 KB a pair with 12 layers of 768 values.
std::uint64_t ContextMemoryBytes(const Encoder& encoder, std::size_t pair_count,
                                 std::size_t tuning_count);

}  // namespace wordkin::contextual
