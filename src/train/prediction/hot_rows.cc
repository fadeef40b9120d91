#include "train/prediction/hot_rows.h"

#include <algorithm>

#include "train/prediction/races_on_purpose.h"
#include "train/prediction/row_merging.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
namespace wordkin::train {

HotRows::HotRows(AlignedMatrix& shared, std::size_t first_row, std::size_t thread_count)
    : shared_(shared),
      first_row_(std::min(first_row, shared.row_count())),
      thread_count_(thread_count),
      copies_(shared.row_count() - first_row_, shared.dimension()),
      taken_(copies_.row_count(), shared.dimension()),
      visits_(copies_.row_count()) {
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    std::ranges::copy(shared.Row(first_row_ + i), copies_.Row(i).begin());
    std::ranges::copy(shared.Row(first_row_ + i), taken_.Row(i).begin());
  }
}

void HotRows::Exchange(float learning_rate) {
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    if (visits_[i] == 0) continue;
    const float share = ShareOfChanges(visits_[i], thread_count_, learning_rate);
    visits_[i] = 0;
    float* const row = shared_.Row(first_row_ + i).data();
    float* const copy = copies_.Row(i).data();
    float* const taken = taken_.Row(i).data();
    for (std::size_t k = 0; k < shared_.dimension(); ++k) {
      row[k] += share * (copy[k] - taken[k]);
      copy[k] = taken[k] = row[k];
    }
  }
}

}  // namespace wordkin::train
WORDKIN_END_RACES_ON_PURPOSE
