#pragma once

#include <cstdint>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/store/embedding_store.h"
#include "common/store/vocabulary.h"
#include "train/glove/glove_options.h"
#include "train/run/earlier_rows.h"
#include "train/run/output_vectors.h"

namespace wordkin::train {

// All that a run carries from round to round; kept and put back, it goes on bit for bit.
struct GloveState {
  AlignedMatrix word_rows;  // (words x GloveRowLayout::row_floats), AdaGrad's sums included
  AlignedMatrix context_rows;
  // Mean of weight * error^2 / 2 over the records of each whole epoch, as the original reports it.
  std::vector<double> epoch_losses;
  // Of the epoch after those: rounds of its tiles done, and the sum of their records' losses.
  std::uint64_t rounds_done = 0;
  double loss_sum = 0;
  std::uint64_t records_trained = 0;  // over all epochs
  double elapsed_seconds = 0;
};

// Small random values by options.seed, as in the original; AdaGrad's sums begin at 1.
GloveState InitialGloveState(std::size_t word_count, const GloveOptions& options);

// Bytes of a GloveState.
std::uint64_t GloveStateBytes(std::size_t word_count, const GloveOptions& options);

// Before training: gives the words that 'store' has its vectors, half of each as word and half as
// context, or one as each where it keeps output rows and 'taken' wants them. Biases and AdaGrad's
// sums stay as they begin. Throws kUsage when the dimensions differ, kDamaged for values that are
// not finite.
void TakeVectors(const EmbeddingStore& store, const Vocabulary& vocabulary, TakenRows taken,
                 const GloveOptions& options, GloveState& state);

// Both matrices as a checkpoint of the same words keeps them. Throws kDamaged when it has none.
void TakeGloveRows(const EmbeddingStore& checkpoint, GloveState& state);

// (words x dimension): the words' vectors (kWord, kBoth), the contexts', or both added. Throws
// kUsage when a value is not finite.
AlignedMatrix VectorsOf(const GloveState& state, OutputVectors choice, const GloveOptions& options);

}  // namespace wordkin::train
