#include "train/glove/glove_state.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/random.h"
#include "train/glove/glove_kernel.h"
#include "train/run/divergence.h"
#include "train/run/earlier_rows.h"

namespace wordkin::train {
namespace {

void DrawRows(AlignedMatrix& rows, const GloveRowLayout& layout, std::size_t bias_column,
              std::size_t one_column, std::uint64_t seed) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Random random(MixSeeds(seed, row));
    const std::span<float> values = rows.Row(row);
    for (std::size_t column = 0; column < GloveRowLayout::kLine * layout.line_count; ++column) {
      values[layout.SumAt(column)] = 1;
      if (column >= layout.dimension && column != bias_column) continue;
      values[layout.ValueAt(column)] =
          (random.NextFloat() - 0.5f) / static_cast<float>(layout.dimension);
    }
    values[layout.ValueAt(one_column)] = 1;
  }
}

void PutVector(std::span<const float> vector, float factor, std::span<float> row) {
  for (std::size_t column = 0; column < vector.size(); ++column) {
    row[GloveRowLayout::ValueAt(column)] = factor * vector[column];
  }
}

void CopyRows(std::span<const float> values, const EmbeddingStore& store, AlignedMatrix& rows) {
  if (values.size() != rows.row_count() * rows.dimension()) {
    throw Error(ErrorKind::kDamaged,
                "cannot go on from '" + store.path() + "': it has not the rows of this GloVe run");
  }
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto from = values.subspan(row * rows.dimension(), rows.dimension());
    std::copy(from.begin(), from.end(), rows.Row(row).begin());
  }
}

}  // namespace

GloveState InitialGloveState(std::size_t word_count, const GloveOptions& options) {
  const GloveRowLayout layout(options.dimension);
  GloveState state;
  state.word_rows = AlignedMatrix(word_count, layout.row_floats());
  state.context_rows = AlignedMatrix(word_count, layout.row_floats());
  const std::size_t dimension = layout.dimension;
  DrawRows(state.word_rows, layout, dimension, dimension + 1, MixSeeds(options.seed, 1));
  DrawRows(state.context_rows, layout, dimension + 1, dimension, MixSeeds(options.seed, 2));
  return state;
}

std::uint64_t GloveStateBytes(std::size_t word_count, const GloveOptions& options) {
  return 2 * word_count * GloveRowLayout(options.dimension).row_floats() * sizeof(float);
}

// Word and context of a pair are alike up to chance, counts being symmetric: halves of a sum are
// near what was added.
void TakeVectors(const EmbeddingStore& store, const Vocabulary& vocabulary, TakenRows taken,
                 const GloveOptions& options, GloveState& state) {
  CheckDimensionFits(store, options.dimension);
  const bool has_contexts = taken == TakenRows::kInputsAndOutputs && !store.output_rows().empty();
  const float share = has_contexts ? 1.0f : 0.5f;
  std::vector<float> vector(store.dimension());
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const std::optional<WordId> earlier = store.Find(vocabulary.Word(word));
    if (!earlier) continue;
    store.CopyRow(*earlier, vector);
    RequireFinite(store, vector);
    PutVector(vector, share, state.word_rows.Row(word));
    if (has_contexts) {
      const auto context = store.output_rows().subspan(*earlier * vector.size(), vector.size());
      RequireFinite(store, context);
      PutVector(context, share, state.context_rows.Row(word));
    } else {
      PutVector(vector, share, state.context_rows.Row(word));
    }
  }
}

void TakeGloveRows(const EmbeddingStore& checkpoint, GloveState& state) {
  CopyRows(checkpoint.glove_word_rows(), checkpoint, state.word_rows);
  CopyRows(checkpoint.glove_context_rows(), checkpoint, state.context_rows);
}

AlignedMatrix VectorsOf(const GloveState& state, OutputVectors choice,
                        const GloveOptions& options) {
  const GloveRowLayout layout(options.dimension);
  const bool adds_words = choice != OutputVectors::kContext;
  const bool adds_contexts = choice == OutputVectors::kContext || choice == OutputVectors::kSum;
  AlignedMatrix vectors(state.word_rows.row_count(), options.dimension);
  for (std::size_t row = 0; row < vectors.row_count(); ++row) {
    const std::span<float> vector = vectors.Row(row);
    for (std::size_t column = 0; column < vector.size(); ++column) {
      const std::size_t place = GloveRowLayout::ValueAt(column);
      if (adds_words) vector[column] += state.word_rows.Row(row)[place];
      if (adds_contexts) vector[column] += state.context_rows.Row(row)[place];
    }
    if (!AllFinite(vector)) ThrowDiverged();
  }
  return vectors;
}

}  // namespace wordkin::train
