#include "cli/comparison/usage_report.h"

#include <optional>
#include <string>
#include <utility>

#include "common/text/utf8.h"
#include "common/text/word_characters.h"
#include "query/questions/query_word.h"
#include "query/search/exact_index.h"

namespace wordkin::cli {
namespace {

// As it is written, else case folded, as most vocabularies are.
std::optional<query::QueryWord> FindStatic(const EmbeddingStore& store, const std::string& word) {
  if (auto found = query::ResolveWord(store, word)) return found;
  std::string folded;
  AppendFolded(RepairUtf8(word), folded);
  return query::ResolveWord(store, folded);
}

std::vector<ReportedWord> StaticNearest(const EmbeddingStore& store, const std::string& word,
                                        std::size_t count) {
  const std::optional<query::QueryWord> resolved = FindStatic(store, word);
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

}  // namespace

UsageReport ReportUsages(FoundUsages found, contextual::UsageAnalysis analysis,
                         const EmbeddingStore& store, const std::string& word,
                         std::size_t nearest_count) {
  UsageReport report;
  report.word = word;
  for (std::size_t i = 0; i < found.usages.size(); ++i) {
    const auto [text, bytes] = found.usages[i];
    report.usages.push_back(
        {std::move(analysis.usages[i]), text, found.numbers[text], found.is_cut[text], bytes});
  }
  report.texts = std::move(found.texts);
  report.read_count = found.read_count;
  report.without_count = found.without_count;
  report.beyond_count = found.beyond_count;
  report.cosines = std::move(analysis.cosines);
  report.mean_cosines = std::move(analysis.mean_cosines);
  report.map_shares = analysis.map_shares;
  report.senses = std::move(analysis.senses);
  report.silhouette = analysis.silhouette;
  report.static_store = store.path();
  report.static_nearest = StaticNearest(store, word, nearest_count);
  return report;
}

}  // namespace wordkin::cli
