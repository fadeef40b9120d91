#include <algorithm>

#include "train/prediction/draft_training.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/prediction/pair_training.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

// Defines what the next one uses.
#include "train/prediction/training_kernels-inl.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

// Trains the output rows of one prediction, tile by tile, on all inputs.
HWY_INLINE void TrainOutputs(std::span<float* const> inputs, std::span<float* const> outputs,
                             const std::uint8_t* is_positive, RowsToCome rows_to_come,
                             const TileStep& step) {
  if (step.loss != nullptr) step.loss->pair_count += inputs.size();
  while (!outputs.empty()) {
    WithOutputCount(outputs.size(), [&](auto count) {
      TrainTile<count()>(inputs, outputs.data(), is_positive, rows_to_come, step);
      outputs = outputs.subspan(count());
      is_positive += count();
    });
    rows_to_come = {};
  }
}

void TrainPairs(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                TrainingScratch& scratch, LossSample& loss) {
  const std::size_t stride = Stride(options.dimension);
  std::size_t input = 0, incoming = 0, output = 0;
  for (std::size_t i = 0; i < draft.steps.size(); ++i) {
    const Draft::Step& step = draft.steps[i];
    // One group a step; the next step's is fetched meanwhile.
    const std::size_t outputs_end = draft.group_ends[i];
    const std::size_t next_end = draft.group_ends[std::min(i + 1, draft.steps.size() - 1)];
    const auto inputs = std::span(rows.inputs).subspan(input, step.inputs_end - input);
    const RowsToCome rows_to_come = {
        std::span(rows.outputs).subspan(outputs_end, next_end - outputs_end),
        std::span(rows.incoming).subspan(incoming, step.incoming_end - incoming)};
    TrainOutputs(inputs, std::span(rows.outputs).subspan(output, outputs_end - output),
                 draft.is_positive.data() + output, rows_to_come,
                 {stride, options.learning_rate, ScoresFor(inputs.size(), scratch),
                  step.is_loss_sample ? &loss : nullptr});
    input = step.inputs_end;
    incoming = step.incoming_end;
    output = outputs_end;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(TrainPairs);

void TrainPairs(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                TrainingScratch& scratch, LossSample& loss) {
  HWY_DYNAMIC_DISPATCH(TrainPairs)(draft, rows, options, scratch, loss);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
