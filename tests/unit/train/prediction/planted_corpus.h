#pragma once

#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/support/random.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::train {

// A corpus with a structure to find: words come in groups, and a sentence draws its words from one
// group, with a few that any sentence may hold. Word i < group_count * group_size is of group
// i % group_count; the words after those are the common ones.
struct PlantedCorpus {
  static constexpr WordId kGroupCount = 12;
  static constexpr WordId kGroupSize = 25;
  static constexpr WordId kCommonCount = 20;
  static constexpr WordId kWordCount = kGroupCount * kGroupSize + kCommonCount;

  static EncodedCorpus Make(int sentence_count, std::uint64_t seed = 1) {
    Random random(seed);
    EncodedCorpus corpus;
    std::vector<WordId> ids;
    std::vector<std::uint64_t> counts(kWordCount, 1);
    for (int sentence = 0; sentence < sentence_count; ++sentence) {
      if (sentence > 0) ids.push_back(kSentenceEnd);
      const WordId group = random.Below(kGroupCount);
      for (int place = 0; place < 12; ++place) {
        const WordId word = random.Below(4) == 0
                                ? kGroupCount * kGroupSize + random.Below(kCommonCount)
                                : random.Below(kGroupSize) * kGroupCount + group;
        ids.push_back(word);
        ++counts[word];
        ++corpus.word_count;
      }
    }
    std::vector<Vocabulary::Entry> entries;
    for (WordId word = 0; word < kWordCount; ++word) {
      entries.push_back({"w" + std::to_string(word), counts[word]});
    }
    corpus.vocabulary = Vocabulary(entries);
    corpus.ids.Append(ids);
    corpus.ids.Seal();
    corpus.kept_word_count = corpus.word_count;
    return corpus;
  }

  // The share of group words whose nearest other word is of their own group; by chance 0.08.
  static double ShareInPlace(const AlignedMatrix& rows);
};

}  // namespace wordkin::train
