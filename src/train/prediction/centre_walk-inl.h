// Goes over a block of words centre by centre, for every objective: draws the context window and
// the output rows one centre ahead, so that they can be fetched in time. Compiled once per
// instruction set, like training_kernels-inl.h.

#if defined(WORDKIN_TRAIN_CENTRE_WALK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef WORDKIN_TRAIN_CENTRE_WALK_INL_H_
#undef WORDKIN_TRAIN_CENTRE_WALK_INL_H_
#else
#define WORDKIN_TRAIN_CENTRE_WALK_INL_H_
#endif

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "train/corpus/id_sequence.h"
#include "train/prediction/objective.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

// One centre word with the rows that it trains.
struct Centre {
  std::span<float* const> inputs;              // context words' input rows, at least one
  std::span<float* const> outputs;             // the centre's output row, then its negatives'
  std::span<const float* const> rows_to_come;  // to fetch meanwhile
  bool is_loss_sample;
};

// One centre in this many has its loss taken, and a block's first: the logarithms of all would
// cost a tenth of the time.
inline constexpr std::uint32_t kLossSampleInterval = 256;

// Calls train_centre(const Centre&) for each word of 'words' that has a context.
template <class TrainCentre>
HWY_INLINE void ForEachCentre(const SharedModel& model, std::span<const WordId> words,
                              ThreadState& state, const TrainCentre& train_centre) {
  const std::size_t stride = model.input_rows.stride();
  const auto window = static_cast<std::uint32_t>(model.options.window_radius);
  const std::size_t output_count = model.options.negative_count + 1;
  float* const input_rows = model.input_rows.data();
  float* const output_rows = model.output_rows.data();
  std::vector<float*> inputs(2 * window), outputs(output_count), next_outputs(output_count);
  std::vector<const float*> rows_to_come(output_count + 1);
  // A copy that the compiler can keep in registers.
  Random random = state.random;
  std::uint32_t until_loss_sample = 0;

  const auto draw_outputs = [&](WordId centre) {
    next_outputs[0] = output_rows + centre * stride;
    for (std::size_t i = 1; i < output_count; ++i) {
      const WordId negative = model.sampler.DrawOther(centre, state.partition, random);
      next_outputs[i] = output_rows + negative * stride;
    }
  };

  std::size_t end = 0;
  for (std::size_t begin = 0; begin < words.size(); begin = end + 1) {
    end = std::find(words.begin() + begin, words.end(), kSentenceEnd) - words.begin();
    if (begin < end) draw_outputs(words[begin]);
    for (std::size_t centre = begin; centre < end; ++centre) {
      std::swap(outputs, next_outputs);
      std::size_t coming = 0;
      if (centre + 1 < end) {
        draw_outputs(words[centre + 1]);
        coming = std::copy(next_outputs.begin(), next_outputs.end(), rows_to_come.begin()) -
                 rows_to_come.begin();
        if (centre + 1 + window < end) {
          rows_to_come[coming++] = input_rows + words[centre + 1 + window] * stride;
        }
      }
      // A radius drawn evenly weighs near contexts more (Mikolov et al., arXiv 1301.3781).
      const std::size_t radius = 1 + random.Below(window);
      const std::size_t last = std::min(centre + radius, end - 1);
      std::size_t input_count = 0;
      for (std::size_t i = centre - std::min(radius, centre - begin); i <= last; ++i) {
        if (i != centre) inputs[input_count++] = input_rows + words[i] * stride;
      }
      if (input_count == 0) continue;
      const bool is_loss_sample = until_loss_sample-- == 0;
      if (is_loss_sample) until_loss_sample = kLossSampleInterval - 1;
      train_centre(Centre{
          {inputs.data(), input_count}, outputs, {rows_to_come.data(), coming}, is_loss_sample});
    }
  }
  state.random = random;
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#endif  // per-target include guard
