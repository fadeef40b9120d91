#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/evaluation/question_files.h"
#include "query/questions/analogy.h"

namespace wordkin::query {

// In the order of QuestionSet's alternatives.
enum class SetKind { kAnalogies, kSimilarity, kCategories, kOddOneOut };
SetKind KindOf(const QuestionSet& set);
// Questions, pairs or words.
std::size_t ItemCount(const QuestionSet& set);

// What a store answers to a question, a judged pair or a word with its category.
struct AnsweredItem {
  std::size_t number = 0;  // among the items of the set, from 0
  std::size_t group = 0;   // the section of an analogy, the category of a word; else 0
  double value = 0;        // 1: right, 0: wrong; of a judged pair the cosine
  double judged = 0;       // of a judged pair: what people say
  WordId rarest = 0;       // the rarest of its words; kUnseenWord: subwords made one
};

struct SetAnswers {
  SetKind kind = SetKind::kAnalogies;
  std::vector<AnsweredItem> items;  // whose words are all known, by number
  std::size_t skipped = 0;          // the others
};

struct AnswerOptions {
  // Of analogies: the answer is sought among so many of the most frequent words (0: all), and the
  // question's words must be among them.
  std::size_t top = 0;
  AnalogyMethod method = AnalogyMethod::kAdd;
  std::uint64_t seed = 1;  // of the clustering of words
  int thread_count = 1;
};

// Words are looked up as written, then in lower case, and then, but for analogies, made of the
// subwords of the lower case where the store has some.
//   Analogies  right when the first answer is the fourth word.
//   Odd ones   right when the last word is the one least near to the mean of all.
//   Categories the known words are parted into as many clusters as they have categories, and those
//              are right that belong to the category most frequent in their cluster, the first in
//              the set of several: their share is the clusters' purity. None is answered where the
//              known words have one category only.
// The same for any number of threads. Throws kDamaged for a store whose subwords are.
SetAnswers AnswerSet(const EmbeddingStore& store, const QuestionSet& set,
                     const AnswerOptions& options);

}  // namespace wordkin::query
