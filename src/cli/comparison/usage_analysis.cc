#include "cli/comparison/usage_analysis.h"

#include <algorithm>
#include <utility>

#include "common/math/aligned_matrix.h"
#include "common/math/principal_components.h"
#include "common/math/vector_kernels.h"
#include "contextual/comparison/senses.h"
#include "contextual/comparison/word_usages.h"
#include "query/exact_index.h"
#include "query/query_word.h"

namespace wordkin::cli {
namespace {

using contextual::ContextWord;
using contextual::ContextWords;
using contextual::TextEncoder;
using contextual::UsageVectors;

// The usages' vectors on the layers asked for (usages x dimension).
AlignedMatrix MeanOfLayers(const UsageVectors& usages, contextual::LayerRange layers) {
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
  contextual::SequenceEncoder sequences(encoder.encoder(),
                                        {.layers = options.layers, .pooling = options.pooling});
  const std::span<const std::int32_t> ids[] = {pieces.text.ids};
  return sequences.Encode(ids).front();
}

std::vector<ReportedWord> Reported(const ContextWords& words,
                                   const std::vector<ContextWord>& found) {
  std::vector<ReportedWord> reported;
  for (const ContextWord& each : found) reported.push_back({words.Word(each.word), each.score});
  return reported;
}

std::vector<ReportedWord> StaticNearest(const EmbeddingStore& store, const std::string& word,
                                        std::size_t count) {
  const std::optional<query::QueryWord> resolved = query::ResolveWord(store, word);
  if (!resolved) return {};
  std::vector<float> row(store.dimension());
  query::CopyUnitRow(store, *resolved, row);
  std::vector<WordId> excluded;
  if (!resolved->is_unseen()) excluded.push_back(resolved->id);
  std::vector<ReportedWord> nearest;
  for (const query::Neighbor& each : query::ExactIndex(store).Search(
           {.vector = row, .neighbor_count = count, .excluded = excluded})) {
    nearest.push_back({std::string(store.Word(each.id)), each.score});
  }
  return nearest;
}

// Cosines of all usages with all, on one layer.
std::vector<float> CosinesOf(const UsageVectors& usages, std::size_t layer) {
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

void DrawMap(const AlignedMatrix& rows, int thread_count, UsageReport& report) {
  if (rows.row_count() < 2) return;
  const std::size_t axis_count = std::min<std::size_t>(2, rows.dimension());
  const PrincipalComponents axes =
      FindPrincipalComponents(rows, axis_count, /*centers=*/true, thread_count);
  const double along = axes.variances[0] + (axis_count > 1 ? axes.variances[1] : 0);
  for (std::size_t axis = 0; axis < axis_count; ++axis) {
    report.map_shares[axis] =
        along > 0 ? static_cast<float>(axes.share * axes.variances[axis] / along) : 0;
  }
  for (std::size_t usage = 0; usage < rows.row_count(); ++usage) {
    axes.Project(rows.Row(usage), std::span(report.usages[usage].position).first(axis_count));
  }
}

void PartIntoSenses(const UsageVectors& vectors, const AlignedMatrix& rows,
                    std::span<const float> own, const ContextWords& words,
                    const AnalysisOptions& options, UsageReport& report) {
  constexpr std::size_t kExamples = 3;
  const contextual::Senses senses = contextual::FindSenses(
      MeanOfLayers(vectors, options.sense_layers), *options.sense_count, options.seed);
  report.silhouette = senses.silhouette;
  const std::vector<float> all = MeanOfRows(rows);
  for (const std::vector<std::size_t>& members : senses.members) {
    std::vector<float> mean(rows.dimension());
    for (const std::size_t usage : members) {
      report.usages[usage].sense = report.senses.size();
      AddScaled(mean, 1.0f / static_cast<float>(members.size()), rows.Row(usage));
    }
    ReportedSense sense;
    sense.nearest =
        Reported(words, words.Distinctive(mean, all, own, options.word, options.nearest_count));
    sense.examples.assign(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                 kExamples, members.size())));
    sense.usage_count = members.size();
    report.senses.push_back(std::move(sense));
  }
}

}  // namespace

UsageReport AnalyzeUsages(FoundUsages found, const EmbeddingStore& store,
                          const TextEncoder& encoder, const ContextWords& words,
                          const AnalysisOptions& options) {
  const UsageVectors vectors(encoder, found.texts, found.usages, options.thread_count);
  UsageReport report;
  report.word = options.word;
  report.encoder = encoder.encoder().checkpoint().folder();
  report.layer = options.layer_name;
  report.sense_layer = options.sense_layer_name;
  report.read_count = found.read_count;
  report.without_count = found.without_count;
  report.beyond_count = found.beyond_count;
  report.static_store = store.path();
  report.static_nearest = StaticNearest(store, options.word, options.nearest_count);
  for (std::size_t layer = 0; layer < vectors.layer_count(); ++layer) {
    report.cosines.push_back(CosinesOf(vectors, layer));
    report.mean_cosines.push_back(MeanOfPairs(report.cosines.back(), vectors.usage_count()));
  }
  const AlignedMatrix rows = MeanOfLayers(vectors, options.layers);
  const std::vector<float> own = OwnVector(encoder, options);
  for (std::size_t i = 0; i < found.usages.size(); ++i) {
    const contextual::Usage& usage = found.usages[i];
    ReportedUsage reported;
    reported.text = usage.text;
    reported.number = found.numbers[usage.text];
    reported.is_cut = found.is_cut[usage.text];
    reported.bytes = usage.bytes;
    reported.nearest =
        Reported(words, words.Nearest(rows.Row(i), own, options.word, options.nearest_count));
    report.usages.push_back(std::move(reported));
  }
  DrawMap(rows, options.thread_count, report);
  if (options.sense_count) PartIntoSenses(vectors, rows, own, words, options, report);
  report.texts = std::move(found.texts);
  return report;
}

}  // namespace wordkin::cli
