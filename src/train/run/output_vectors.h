#pragma once

#include "common/math/aligned_matrix.h"
#include "common/store/embedding_table.h"

namespace wordkin::train {

// Which of a word's two rows become its vector.
enum class OutputVectors {
  kWord,     // as input
  kContext,  // as output: as a prediction, or in GloVe as a context
  kSum,      // both added (Pennington et al., EMNLP 2014; Levy et al., TACL 2015)
  kBoth,     // as input, and the output rows are kept beside it: training can go on from them
};

// Throws kUsage for a choice that leaves no vectors to unseen words, or that needs output rows of
// words where there are those of tree nodes.
void CheckOutputVectors(OutputVectors choice, bool has_subwords, bool outputs_are_words);

// Makes the words' vectors 'rows' what the choice keeps, as SelectVectors would.
void AddOutputRows(OutputVectors choice, const AlignedMatrix& output_rows, AlignedMatrix& rows);

// Makes 'table', which holds all rows of a run, what the choice keeps.
void SelectVectors(OutputVectors choice, EmbeddingTable& table);

}  // namespace wordkin::train
