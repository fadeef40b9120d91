#pragma once

#include <cstdint>

namespace wordkin {

// The fixed parts of fastText's .bin files, little endian and packed: the magic and the version,
// the arguments, the head of the dictionary, words, and two matrices, each with a flag before it.

constexpr std::int32_t kFastTextMagic = 793712314;
constexpr std::int32_t kFastTextVersion = 12;
constexpr std::int32_t kOldFastTextVersion = 11;

enum class FastTextModel : std::int32_t { kCbow = 1, kSkipGram = 2, kSupervised = 3 };
enum class FastTextLoss : std::int32_t {
  kHierarchicalSoftmax = 1,
  kNegativeSampling = 2,
  kSoftmax = 3,
  kOneVersusAll = 4,
};

// Everything in the file but words, flags and matrices; by default as fastText has it.
struct FastTextHead {
  std::int32_t dimension = 100;
  std::int32_t window = 5;
  std::int32_t epochs = 5;
  std::int32_t min_count = 5;
  std::int32_t negative = 5;
  std::int32_t word_ngrams = 1;
  std::int32_t loss = 2;
  std::int32_t model = 2;
  std::int32_t bucket_count = 0;
  std::int32_t minimum_length = 0;
  std::int32_t maximum_length = 0;
  std::int32_t learning_rate_rate = 100;
  double subsample = 1e-4;
  std::int32_t entry_count = 0;
  std::int32_t word_count = 0;
  std::int32_t label_count = 0;
  std::int64_t token_count = 0;
  std::int64_t pruned_count = -1;  // -1: not pruned
};

// Whether output rows have the other sign than ours: under hierarchical softmax fastText predicts
// the heavier child of a node, word2vec and we the lighter one. Nodes are numbered alike.
inline bool HasTurnedOutputs(const FastTextHead& head) {
  return head.loss == static_cast<std::int32_t>(FastTextLoss::kHierarchicalSoftmax);
}

// Calls visit(field) for each field in the order of the file.
template <typename Head, typename Visit>
void VisitFields(Head& head, const Visit& visit) {
  visit(head.dimension);
  visit(head.window);
  visit(head.epochs);
  visit(head.min_count);
  visit(head.negative);
  visit(head.word_ngrams);
  visit(head.loss);
  visit(head.model);
  visit(head.bucket_count);
  visit(head.minimum_length);
  visit(head.maximum_length);
  visit(head.learning_rate_rate);
  visit(head.subsample);
  visit(head.entry_count);
  visit(head.word_count);
  visit(head.label_count);
  visit(head.token_count);
  visit(head.pruned_count);
}

// Calls visit(name, field) for the fields that settings keep.
template <typename Head, typename Visit>
void VisitSettings(Head& head, const Visit& visit) {
  visit("window", head.window);
  visit("epochs", head.epochs);
  visit("min_count", head.min_count);
  visit("negative", head.negative);
  visit("word_ngrams", head.word_ngrams);
  visit("loss", head.loss);
  visit("model", head.model);
  visit("minimum_length", head.minimum_length);
  visit("maximum_length", head.maximum_length);
  visit("learning_rate_update_rate", head.learning_rate_rate);
  visit("subsample", head.subsample);
  visit("tokens", head.token_count);
}

}  // namespace wordkin
