#include "train/run/output_vectors.h"

#include <utility>

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

void SelectVectors(OutputVectors choice, EmbeddingTable& table) {
  if (choice == OutputVectors::kBoth) return;
  if (choice == OutputVectors::kContext) table.rows = std::move(table.output_rows);
  if (choice == OutputVectors::kSum) {
    for (std::size_t row = 0; row < table.rows.row_count(); ++row) {
      const auto output = table.output_rows.Row(row);
      const auto sum = table.rows.Row(row);
      for (std::size_t column = 0; column < sum.size(); ++column) sum[column] += output[column];
    }
  }
  table.word_rows = AlignedMatrix();
  table.output_rows = AlignedMatrix();
}

}  // namespace wordkin::train
