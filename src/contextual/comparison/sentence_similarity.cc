#include "contextual/comparison/sentence_similarity.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>

#include "common/math/aligned_matrix.h"
#include "common/math/principal_components.h"
#include "common/math/smooth_inverse_frequency.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_lines.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::contextual {
namespace {

std::optional<double> ParseScore(std::string_view text) {
  double score = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), score);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return std::isfinite(score) ? std::optional(score) : std::nullopt;
}

double Cosine(std::vector<float> a, std::vector<float> b) {
  Normalize(a);
  Normalize(b);
  return Dot(a, b);
}

// Cosines of rows 2i and 2i + 1.
std::vector<double> CosinesOf(const AlignedMatrix& rows) {
  std::vector<double> cosines;
  for (std::size_t row = 0; row + 1 < rows.row_count(); row += 2) {
    const std::span<const float> a = rows.Row(row), b = rows.Row(row + 1);
    cosines.push_back(Cosine({a.begin(), a.end()}, {b.begin(), b.end()}));
  }
  return cosines;
}

// The weighted mean of the words' vectors, a row a text: those of pair i are rows 2i and 2i + 1. Of
// a text without known words it is zero.
AlignedMatrix WeightedMeans(const EmbeddingStore& store, const std::vector<JudgedTexts>& pairs,
                            const std::function<float(WordId)>& weight) {
  AlignedMatrix rows(2 * pairs.size(), store.dimension());
  const WordTokenizer tokenizer(TokenizerKind::kWords);
  std::vector<float> vector(store.dimension());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    std::size_t count = 0;
    for (const std::string& word : tokenizer.Tokenize(pairs[row / 2].texts[row % 2]).pieces) {
      const std::optional<WordId> id = store.Find(word);
      if (!id) continue;
      store.CopyRow(*id, vector);
      AddScaled(rows.Row(row), weight(*id), vector);
      ++count;
    }
    if (count == 0) continue;
    for (float& value : rows.Row(row)) value /= static_cast<float>(count);
  }
  return rows;
}

}  // namespace

std::vector<JudgedTexts> ReadJudgedTexts(const std::string& path) {
  std::vector<JudgedTexts> pairs;
  ForEachLine(ReadWholeText(path), [&](std::string_view line, std::size_t number) {
    const std::vector<std::string_view> fields = SplitAt('\t', line);
    const bool is_benchmark = fields.size() >= 7;
    const std::optional<double> score =
        fields.size() < 3 ? std::nullopt : ParseScore(fields[is_benchmark ? 4 : 2]);
    if (!score) {
      throw Error(ErrorKind::kDamaged,
                  "cannot read '" + path + "': line " + std::to_string(number) +
                      ": it is neither two texts and a score between tabs nor one of STS "
                      "Benchmark, with the score in the fifth field");
    }
    const std::size_t first = is_benchmark ? 5 : 0;
    pairs.push_back({{std::string(fields[first]), std::string(fields[first + 1])}, *score});
  });
  if (pairs.empty()) throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it is empty");
  return pairs;
}

EncodedSimilarities EncoderSimilarities(const TextEncoder& encoder, Pooling pooling,
                                        const std::vector<JudgedTexts>& pairs, int thread_count) {
  EncodedSimilarities similarities;
  std::vector<TextEncoder::Pieces> pieces;
  for (const JudgedTexts& pair : pairs) {
    for (const std::string& text : pair.texts) {
      pieces.push_back(encoder.Tokenize(text));
      similarities.cut_count += pieces.back().is_cut() ? 1 : 0;
      if (pieces.back().has_text()) continue;
      throw Error(ErrorKind::kUsage, "a text of pair " + std::to_string((pieces.size() + 1) / 2) +
                                         " has nothing to encode: '" + Printable(text) + "'");
    }
  }
  std::vector<std::span<const std::int32_t>> ids;
  for (const TextEncoder::Pieces& each : pieces) ids.emplace_back(each.text.ids);
  const std::size_t last = encoder.encoder().layer_count();
  SequenceEncoder sequences(
      encoder.encoder(),
      {.layers = {last, last}, .pooling = pooling, .thread_count = thread_count});
  const std::vector<std::vector<float>> vectors = sequences.Encode(ids);
  for (std::size_t i = 0; i < vectors.size(); i += 2) {
    similarities.cosines.push_back(Cosine(vectors[i], vectors[i + 1]));
  }
  return similarities;
}

std::vector<double> MeanSimilarities(const EmbeddingStore& store,
                                     const std::vector<JudgedTexts>& pairs) {
  return CosinesOf(WeightedMeans(store, pairs, [](WordId) { return 1.0f; }));
}

std::vector<double> SmoothInverseFrequencySimilarities(const EmbeddingStore& store,
                                                       const std::vector<JudgedTexts>& pairs) {
  const std::vector<float> weights = SmoothInverseFrequencies(store.ReadCounts());
  AlignedMatrix rows = WeightedMeans(store, pairs, [&](WordId id) { return weights[id]; });
  const PrincipalComponents common =
      FindPrincipalComponents(rows, 1, /*centers=*/false, /*thread_count=*/1);
  const std::vector<float> direction(common.directions.begin(), common.directions.end());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    TakeAwayDirection(direction, rows.Row(row));
  }
  return CosinesOf(rows);
}

}  // namespace wordkin::contextual
