#include "train/run/output_vectors.h"

#include "common/support/error.h"

namespace wordkin::train {

void CheckOutputVectors(OutputVectors choice, bool has_subwords, bool outputs_are_words) {
  if (choice != OutputVectors::kContext && choice != OutputVectors::kSum) return;
  if (has_subwords) {
    throw Error(ErrorKind::kUsage,
                "--output-vectors context and sum do not go with subwords, of which unseen words "
                "get their vectors; take word or both");
  }
  if (!outputs_are_words) {
    throw Error(ErrorKind::kUsage,
                "--output-vectors context and sum do not go with hierarchical softmax, whose "
                "output rows are not words'; take word or both");
  }
}

void AddOutputRows(OutputVectors choice, const AlignedMatrix& output_rows, AlignedMatrix& rows) {
  if (choice == OutputVectors::kWord || choice == OutputVectors::kBoth) return;
  const float kept = choice == OutputVectors::kSum ? 1 : 0;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto output = output_rows.Row(row);
    const auto own = rows.Row(row);
    for (std::size_t column = 0; column < own.size(); ++column) {
      own[column] = kept * own[column] + output[column];
    }
  }
}

void SelectVectors(OutputVectors choice, EmbeddingTable& table) {
  if (choice == OutputVectors::kBoth) return;
  AddOutputRows(choice, table.output_rows, table.rows);
  table.word_rows = AlignedMatrix();
  table.output_rows = AlignedMatrix();
}

}  // namespace wordkin::train
