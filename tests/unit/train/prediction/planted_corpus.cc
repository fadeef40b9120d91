#include "planted_corpus.h"

#include "common/math/vector_kernels.h"

namespace wordkin::train {

double PlantedCorpus::ShareInPlace(const AlignedMatrix& rows) {
  std::vector<std::vector<float>> unit_rows;
  for (WordId word = 0; word < kWordCount; ++word) {
    unit_rows.emplace_back(rows.Row(word).begin(), rows.Row(word).end());
    Normalize(unit_rows.back());
  }
  int in_place = 0;
  for (WordId word = 0; word < kGroupCount * kGroupSize; ++word) {
    float best = -2;
    WordId nearest = word;
    for (WordId other = 0; other < kWordCount; ++other) {
      const float score = Dot(unit_rows[word], unit_rows[other]);
      if (other != word && score > best) {
        best = score;
        nearest = other;
      }
    }
    in_place += nearest < kGroupCount * kGroupSize && nearest % kGroupCount == word % kGroupCount;
  }
  return in_place / static_cast<double>(kGroupCount * kGroupSize);
}

}  // namespace wordkin::train
