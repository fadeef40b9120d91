#include "train/prediction/take_rows.h"

#include <algorithm>
#include <span>
#include <string>

#include "common/support/error.h"
#include "train/run/earlier_rows.h"

namespace wordkin::train {
namespace {

class RowTaker {
 public:
  RowTaker(const EmbeddingStore& store, const Vocabulary& vocabulary, TakenRows taken,
           TrainingModel& model)
      : store_(store), vocabulary_(vocabulary), model_(model) {
    if (taken == TakenRows::kInputsAndOutputs) output_rows_ = store.output_rows();
  }

  void Take() {
    if (model_.subwords() != nullptr) TakeBuckets();
    for (WordId word = 0; word < vocabulary_.size(); ++word) {
      const std::optional<WordId> earlier = store_.Find(vocabulary_.Word(word));
      if (!earlier) continue;
      if (model_.rows().words.row_count() > 0) TakeWord(word, *earlier);
      if (!output_rows_.empty()) {
        CopyChecked(output_rows_, *earlier, model_.rows().outputs.Row(word));
      }
    }
  }

 private:
  void TakeBuckets() {
    const std::vector<std::uint32_t>& buckets = model_.subwords()->buckets();
    AlignedMatrix& rows = model_.rows().buckets;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      const std::optional<std::size_t> earlier = store_.subwords()->FindRow(buckets[i]);
      if (!earlier) continue;
      store_.subwords()->CopyRow(*earlier, rows.Row(i));
      RequireFinite(store_, rows.Row(i));
    }
  }

  void TakeWord(WordId word, WordId earlier) {
    const std::span<float> row = model_.rows().words.Row(word);
    if (!store_.word_rows().empty()) return CopyChecked(store_.word_rows(), earlier, row);
    store_.CopyRow(earlier, row);
    RequireFinite(store_, row);
    if (model_.subwords() != nullptr) TakeSubwordsOut(word, row);
  }

  // mean(own, buckets) -> own
  void TakeSubwordsOut(WordId word, std::span<float> row) {
    const std::span<const RowId> ids = model_.subwords()->RowsOf(word);
    const auto count = static_cast<float>(ids.size());
    for (float& value : row) value *= count;
    for (const RowId id : ids.subspan(1)) {
      const float* const bucket = model_.rows().Input(id);
      for (std::size_t column = 0; column < row.size(); ++column) row[column] -= bucket[column];
    }
  }

  void CopyChecked(std::span<const float> matrix, WordId id, std::span<float> row) const {
    const auto values = matrix.subspan(id * row.size(), row.size());
    std::copy(values.begin(), values.end(), row.begin());
    RequireFinite(store_, row);
  }

  const EmbeddingStore& store_;
  const Vocabulary& vocabulary_;
  std::span<const float> output_rows_;
  TrainingModel& model_;
};

}  // namespace

void CheckRowsFit(const EmbeddingStore& store, const TrainingOptions& options) {
  CheckDimensionFits(store, options.dimension);
  const std::string attempt = "cannot train on from '" + store.path() + "': ";
  if (!options.subwords) return RefuseSubwords(store);
  if (store.subwords() == nullptr) {
    throw Error(ErrorKind::kUsage,
                attempt +
                    "it has no subwords; train its words on with 'train skipgram', or 'train cbow' "
                    "without --subwords");
  }
  if (store.subwords()->options() != *options.subwords) {
    throw Error(ErrorKind::kUsage,
                attempt +
                    "its subwords are cut or hashed in another way; 'wordkin info' shows "
                    "which --subwords, --buckets and --subword-hash it needs");
  }
}

void TakeRows(const EmbeddingStore& store, const Vocabulary& vocabulary,
              const TrainingOptions& options, TakenRows taken, TrainingModel& model) {
  CheckRowsFit(store, options);
  RowTaker(store, vocabulary, taken, model).Take();
}

}  // namespace wordkin::train
