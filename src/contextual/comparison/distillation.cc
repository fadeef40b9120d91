#include "contextual/comparison/distillation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/math/principal_components.h"
#include "common/support/error.h"

namespace wordkin::contextual {
namespace {

// Words at once: enough that tiles of words of like length are full.
constexpr std::size_t kBatchWords = 4096;

// Rows of the words that have one, and those words.
struct Encoded {
  std::vector<Vocabulary::Entry> entries;
  std::vector<std::vector<float>> rows;
  std::size_t cut = 0;
};

Encoded EncodeWords(const TextEncoder& encoder, const Vocabulary& vocabulary,
                    const DistillationOptions& options,
                    const std::function<void(std::size_t done)>& progress) {
  SequenceEncoder sequences(
      encoder.encoder(),
      {.layers = options.layers, .pooling = options.pooling, .thread_count = options.thread_count});
  Encoded encoded;
  for (std::size_t begin = 0; begin < vocabulary.size(); begin += kBatchWords) {
    const std::size_t end = std::min(begin + kBatchWords, vocabulary.size());
    std::vector<TextEncoder::Pieces> pieces;
    std::vector<std::span<const std::int32_t>> ids;
    for (std::size_t i = begin; i < end; ++i) {
      const auto id = static_cast<WordId>(i);
      TextEncoder::Pieces of_word = encoder.Tokenize(vocabulary.Word(id));
      if (!of_word.has_text()) continue;
      encoded.cut += of_word.is_cut() ? 1 : 0;
      encoded.entries.push_back({std::string(vocabulary.Word(id)), vocabulary.Count(id)});
      pieces.push_back(std::move(of_word));
    }
    for (const TextEncoder::Pieces& each : pieces) ids.emplace_back(each.text.ids);
    std::ranges::move(sequences.Encode(ids), std::back_inserter(encoded.rows));
    progress(end);
  }
  return encoded;
}

AlignedMatrix RowsOf(const Encoded& encoded, std::size_t dimension) {
  AlignedMatrix rows(encoded.rows.size(), dimension);
  for (std::size_t row = 0; row < encoded.rows.size(); ++row) {
    std::ranges::copy(encoded.rows[row], rows.Row(row).begin());
  }
  return rows;
}

AlignedMatrix Reduced(const AlignedMatrix& rows, const PrincipalComponents& components) {
  AlignedMatrix reduced(rows.row_count(), components.component_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    components.Project(rows.Row(row), reduced.Row(row));
  }
  return reduced;
}

}  // namespace

Distillation Distill(const TextEncoder& encoder, const Vocabulary& vocabulary,
                     const DistillationOptions& options,
                     const std::function<void(std::size_t done)>& progress) {
  const std::size_t dimension = encoder.encoder().dimension();
  if (options.dimension > dimension) {
    throw Error(ErrorKind::kUsage, "the encoder's vectors have " + std::to_string(dimension) +
                                       " values and cannot become " +
                                       std::to_string(options.dimension));
  }
  const Encoded encoded = EncodeWords(encoder, vocabulary, options, progress);
  if (encoded.entries.empty()) {
    throw Error(ErrorKind::kUsage, "none of the words leaves a piece for the encoder");
  }
  Distillation result;
  if (options.dimension >= std::max<std::size_t>(encoded.entries.size(), 2)) {
    throw Error(ErrorKind::kUsage,
                std::to_string(encoded.entries.size()) + " words have fewer than " +
                    std::to_string(options.dimension) +
                    " principal components: give more words or fewer dimensions");
  }
  result.cut = encoded.cut;
  result.skipped = vocabulary.size() - encoded.entries.size();
  result.table.vocabulary = Vocabulary(encoded.entries);
  result.table.rows = RowsOf(encoded, dimension);
  if (options.dimension > 0) {
    const PrincipalComponents components = FindPrincipalComponents(
        result.table.rows, options.dimension, /*centers=*/true, options.thread_count);
    result.table.rows = Reduced(result.table.rows, components);
    result.share = components.share;
  }
  if (options.weighs_by_rank) {
    for (std::size_t row = 0; row < result.table.rows.row_count(); ++row) {
      const auto weight = static_cast<float>(std::log(2.0 + static_cast<double>(row)));
      for (float& value : result.table.rows.Row(row)) value *= weight;
    }
  }
  return result;
}

}  // namespace wordkin::contextual
