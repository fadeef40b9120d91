#include "cli/answers/search_choice.h"

#include <algorithm>
#include <string>

#include "cli/answers/answer_filter.h"
#include "common/support/error.h"
#include "query/search/exact_index.h"
#include "query/search/hnsw_index.h"

namespace wordkin::cli {
namespace {

// Below this the exact scan answers in a fraction of a millisecond, and nothing needs to be built.
constexpr std::size_t kRowsWorthAGraph = 50'000;

enum class Search { kAuto, kExact, kHnsw };

Search ResolveSearch(const EmbeddingStore& store, const Arguments& arguments, bool is_batch) {
  const auto search = arguments.Choose<Search>(
      "search", {{"auto", Search::kAuto}, {"exact", Search::kExact}, {"hnsw", Search::kHnsw}});
  const bool is_limited = VocabularyLimit(arguments) != 0;
  const bool is_filtered = HasAnswerFilter(arguments);
  if (search == Search::kExact && arguments.Has("effort")) {
    throw Error(ErrorKind::kUsage,
                "--effort says how far hnsw looks; --search exact has no use "
                "for it");
  }
  if (search == Search::kHnsw && is_limited) {
    throw Error(ErrorKind::kUsage,
                "--limit-vocabulary needs the exact search: the graph leads through all words; "
                "leave out --search hnsw");
  }
  if (search == Search::kHnsw && is_filtered) {
    throw Error(ErrorKind::kUsage,
                "--min-count, --match and --exclude need the exact search: the graph leads through "
                "all words; leave out --search hnsw");
  }
  if (search == Search::kHnsw && !HasGraph(store)) {
    // Of another tool's file by its name: only a .kin file can keep a graph.
    const bool is_named_store = store.path().ends_with(".kin");
    throw Error(ErrorKind::kUsage,
                "'" + store.path() +
                    "' has no graph for --search hnsw; make it with: wordkin index " +
                    (is_named_store ? store.path() : "FILE.kin, once 'wordkin convert' made that"));
  }
  if (search != Search::kAuto) return search;
  const bool is_worth_it =
      is_batch && !is_limited && !is_filtered && store.size() > kRowsWorthAGraph && HasGraph(store);
  return is_worth_it ? Search::kHnsw : Search::kExact;
}

}  // namespace

std::unique_ptr<query::VectorIndex> ChooseIndex(const EmbeddingStore& store,
                                                const Arguments& arguments, bool is_batch) {
  const int effort = arguments.Int("effort");
  if (ResolveSearch(store, arguments, is_batch) == Search::kHnsw) {
    return std::make_unique<query::HnswIndex>(store, effort);
  }
  return std::make_unique<query::ExactIndex>(store, VocabularyLimit(arguments));
}

bool HasGraph(const EmbeddingStore& store) {
  return std::ranges::any_of(store.sections(), [](const SectionEntry& section) {
    return section.kind == SectionKind::kGraph;
  });
}

std::size_t AnswerCount(const Arguments& arguments) { return arguments.Integer("count"); }

std::size_t VocabularyLimit(const Arguments& arguments) {
  return arguments.Integer("limit-vocabulary");
}

}  // namespace wordkin::cli
