#include "contextual/comparison/usage_analysis.h"

#include <algorithm>
#include <utility>

#include "common/math/aligned_matrix.h"
#include "common/math/principal_components.h"
#include "common/math/vector_kernels.h"
#include "contextual/comparison/senses.h"

namespace wordkin::contextual {
namespace {

// The usages' vectors on the layers asked for (usages x dimension).
AlignedMatrix MeanOfLayers(const UsageVectors& usages, LayerRange layers) {
  AlignedMatrix rows(usages.usage_count(), usages.dimension());
  const float share = 1.0f / static_cast<float>(layers.last - layers.first + 1);
  for (std::size_t usage = 0; usage < rows.row_count(); ++usage) {
    for (std::size_t layer = layers.first; layer <= layers.last; ++layer) {
      AddScaled(rows.Row(usage), share, usages.At(usage, layer));
    }
  }
  return rows;
}

// The word's vector without a sentence, as distilling makes it.
std::vector<float> OwnVector(const TextEncoder& encoder, const AnalysisOptions& options) {
  const TextEncoder::Pieces pieces = encoder.Tokenize(options.word);
  SequenceEncoder sequences(encoder.encoder(),
                            {.layers = options.layers, .pooling = options.pooling});
  const std::span<const std::int32_t> ids[] = {pieces.text.ids};
  return sequences.Encode(ids).front();
}

std::vector<NearWord> Named(const ContextWords& words, const std::vector<ContextWord>& found) {
  std::vector<NearWord> named;
  for (const ContextWord& each : found) named.push_back({words.Word(each.word), each.score});
  return named;
}

// Cosines of all usages with all, on one layer.
std::vector<float> CosinesOnLayer(const UsageVectors& usages, std::size_t layer) {
  const std::size_t count = usages.usage_count();
  AlignedMatrix units(count, usages.dimension());
  for (std::size_t usage = 0; usage < count; ++usage) {
    std::ranges::copy(usages.At(usage, layer), units.Row(usage).begin());
    Normalize(units.Row(usage));
  }
  std::vector<float> cosines(count * count, 1.0f);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      cosines[i * count + j] = cosines[j * count + i] = Dot(units.Row(i), units.Row(j));
    }
  }
  return cosines;
}

float MeanOfPairs(const std::vector<float>& cosines, std::size_t count) {
  if (count < 2) return 1;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) sum += cosines[i * count + j];
  }
  return static_cast<float>(sum * 2 /
                            (static_cast<double>(count) * static_cast<double>(count - 1)));
}

void DrawMap(const AlignedMatrix& rows, int thread_count, UsageAnalysis& analysis) {
  if (rows.row_count() < 2) return;
  const std::size_t axis_count = std::min<std::size_t>(2, rows.dimension());
  const PrincipalComponents axes =
      FindPrincipalComponents(rows, axis_count, /*centers=*/true, thread_count);
  const double along = axes.variances[0] + (axis_count > 1 ? axes.variances[1] : 0);
  for (std::size_t axis = 0; axis < axis_count; ++axis) {
    analysis.map_shares[axis] =
        along > 0 ? static_cast<float>(axes.share * axes.variances[axis] / along) : 0;
  }
  for (std::size_t usage = 0; usage < rows.row_count(); ++usage) {
    axes.Project(rows.Row(usage), std::span(analysis.usages[usage].position).first(axis_count));
  }
}

void PartIntoSenses(const UsageVectors& vectors, const AlignedMatrix& rows,
                    std::span<const float> own, const ContextWords& words,
                    const AnalysisOptions& options, UsageAnalysis& analysis) {
  constexpr std::size_t kExamples = 3;
  const Senses senses =
      FindSenses(MeanOfLayers(vectors, options.sense_layers), *options.sense_count, options.seed);
  analysis.silhouette = senses.silhouette;
  const std::vector<float> all = MeanOfRows(rows);
  for (const std::vector<std::size_t>& members : senses.members) {
    std::vector<float> mean(rows.dimension());
    for (const std::size_t usage : members) {
      analysis.usages[usage].sense = analysis.senses.size();
      AddScaled(mean, 1.0f / static_cast<float>(members.size()), rows.Row(usage));
    }
    AnalyzedSense sense;
    sense.nearest =
        Named(words, words.Distinctive(mean, all, own, options.word, options.nearest_count));
    sense.examples.assign(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                 kExamples, members.size())));
    sense.usage_count = members.size();
    analysis.senses.push_back(std::move(sense));
  }
}

}  // namespace

UsageAnalysis AnalyzeUsages(const TextEncoder& encoder, std::span<const std::string> texts,
                            std::span<const Usage> usages, const ContextWords& words,
                            const AnalysisOptions& options) {
  const UsageVectors vectors(encoder, texts, usages, options.thread_count);
  UsageAnalysis analysis;
  for (std::size_t layer = 0; layer < vectors.layer_count(); ++layer) {
    analysis.cosines.push_back(CosinesOnLayer(vectors, layer));
    analysis.mean_cosines.push_back(MeanOfPairs(analysis.cosines.back(), vectors.usage_count()));
  }
  const AlignedMatrix rows = MeanOfLayers(vectors, options.layers);
  const std::vector<float> own = OwnVector(encoder, options);
  for (std::size_t usage = 0; usage < rows.row_count(); ++usage) {
    analysis.usages.push_back(
        {.nearest = Named(
             words, words.Nearest(rows.Row(usage), own, options.word, options.nearest_count))});
  }
  DrawMap(rows, options.thread_count, analysis);
  if (options.sense_count) PartIntoSenses(vectors, rows, own, words, options, analysis);
  return analysis;
}

}  // namespace wordkin::contextual
