#include "train/prediction/subword_rows.h"

#include <algorithm>

namespace wordkin::train {

SubwordRows::SubwordRows(const Vocabulary& vocabulary, const SubwordOptions& options)
    : word_row_count_(options.hash == SubwordHash::kFloret ? 0 : vocabulary.size()) {
  const bool words_have_rows = word_row_count_ > 0;
  begins_.reserve(vocabulary.size() + 1);
  begins_.push_back(0);
  std::vector<bool> is_used(options.bucket_count);
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    if (words_have_rows) rows_.push_back(word);
    const std::size_t first_bucket = rows_.size();
    AppendBuckets(vocabulary.Word(word), options, rows_);
    for (std::size_t i = first_bucket; i < rows_.size(); ++i) is_used[rows_[i]] = true;
    begins_.push_back(rows_.size());
  }
  std::vector<RowId> row_of_bucket(options.bucket_count);
  for (std::uint32_t bucket = 0; bucket < options.bucket_count; ++bucket) {
    if (!is_used[bucket]) continue;
    row_of_bucket[bucket] = static_cast<RowId>(word_row_count_ + buckets_.size());
    buckets_.push_back(bucket);
  }
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const std::size_t first_bucket = begins_[word] + (words_have_rows ? 1 : 0);
    for (std::size_t i = first_bucket; i < begins_[word + 1]; ++i) {
      rows_[i] = row_of_bucket[rows_[i]];
    }
  }
}

}  // namespace wordkin::train
