#include "cli/answers/search_choice.h"

#include <algorithm>
#include <optional>
#include <string>

#include "cli/answers/answer_filter.h"
#include "cli/numbers.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"
#include "query/search/exact_index.h"
#include "query/search/hnsw_index.h"
#include "query/search/search_plan.h"

namespace wordkin::cli {
namespace {

// Below this the exact scan answers in a fraction of a millisecond, and nothing needs to be built.
constexpr std::size_t kRowsWorthAGraph = 50'000;

enum class Search { kAuto, kExact, kHnsw };

Search ChosenSearch(const Arguments& arguments) {
  if (!AskedForGraph(arguments).empty()) return Search::kHnsw;
  return arguments.Choose<Search>("search", {{"auto", Search::kAuto}, {"exact", Search::kExact}});
}

// Of words that may not be answers the graph knows nothing: it leads through all.
struct Limits {
  std::size_t vocabulary = 0;
  bool is_filtered = false;
};

void RefuseContradictions(const EmbeddingStore& store, const Arguments& arguments, Search search,
                          const Limits& limits) {
  if (search == Search::kExact) {
    for (const char* option : {"effort", "recall"}) {
      if (!arguments.Has(option)) continue;
      throw Error(ErrorKind::kUsage, "--" + std::string(option) +
                                         " says how far hnsw looks; --search exact has no use for "
                                         "it");
    }
  }
  if (arguments.Has("effort") && arguments.Has("recall")) {
    throw Error(ErrorKind::kUsage,
                "--recall chooses the effort by what it reaches: leave out --effort or --recall");
  }
  if (search != Search::kHnsw) return;
  const std::string asked = AskedForGraph(arguments);
  if (limits.vocabulary != 0) {
    throw Error(ErrorKind::kUsage,
                "--limit-vocabulary needs the exact search: the graph leads through all words; "
                "leave out " +
                    asked);
  }
  if (limits.is_filtered) {
    throw Error(ErrorKind::kUsage,
                "--min-count, --match and --exclude need the exact search: the graph leads through "
                "all words; leave out " +
                    asked);
  }
  if (!HasGraph(store)) {
    // Of another tool's file by its name: only a .kin file can keep a graph.
    const bool is_named_store = store.path().ends_with(".kin");
    throw Error(ErrorKind::kUsage,
                "'" + store.path() + "' has no graph for " + asked +
                    "; make it with: wordkin index " +
                    (is_named_store ? store.path() : "FILE.kin, once 'wordkin convert' made that"));
  }
}

struct GraphChoice {
  int effort;
  float recall = 0;  // as it was measured; 0: not known
};

// For --search hnsw, which is to be had whatever it costs.
GraphChoice NearestToAsked(const EmbeddingStore& store, const Arguments& arguments) {
  const auto efforts = query::ReadMeasuredEfforts(store);
  const double wanted = arguments.Real("recall");
  if (const auto effort = query::EffortFor(efforts, wanted)) {
    return {effort->effort, effort->recall};
  }
  if (!arguments.Has("recall") || efforts.empty()) return {query::kDefaultSearchEffort, 0};
  throw Error(ErrorKind::kUsage, "the graph of '" + store.path() + "' reaches a recall of " +
                                     FixedPoint(static_cast<double>(efforts.back().recall), 4) +
                                     ", not " + arguments.Text("recall") +
                                     "; ask for less, or for --search exact");
}

// nullopt: the exact search is as good and costs no more.
std::optional<GraphChoice> ChooseGraph(const EmbeddingStore& store, const Arguments& arguments,
                                       Search search) {
  if (arguments.Has("effort")) return GraphChoice{arguments.Int("effort"), 0};
  if (search == Search::kHnsw) return NearestToAsked(store, arguments);
  const auto efforts = query::ReadMeasuredEfforts(store);
  const auto effort = query::EffortFor(efforts, arguments.Real("recall"));
  if (!effort || !query::GraphPays(*effort, store.size(), store.dimension())) return std::nullopt;
  return GraphChoice{effort->effort, effort->recall};
}

}  // namespace

// Of "auto" an effort makes the graph's search, which alone has one.
std::string AskedForGraph(const Arguments& arguments) {
  if (arguments.Text("search") == "hnsw") return "--search hnsw";
  const bool has_effort = arguments.Text("search") == "auto" && arguments.Has("effort");
  return has_effort ? "--effort" : "";
}

std::unique_ptr<query::VectorIndex> ChooseIndex(const EmbeddingStore& store,
                                                const Arguments& arguments,
                                                const SearchNeeds& needs, Console& console) {
  const Search search = ChosenSearch(arguments);
  const Limits limits = needs.may_limit_words
                            ? Limits{VocabularyLimit(arguments), HasAnswerFilter(arguments)}
                            : Limits{};
  RefuseContradictions(store, arguments, search, limits);
  const bool may_follow_graph =
      search == Search::kHnsw ||
      (search == Search::kAuto && needs.is_batch && limits.vocabulary == 0 && !limits.is_filtered &&
       store.size() > kRowsWorthAGraph && HasGraph(store));
  const std::optional<GraphChoice> graph =
      may_follow_graph ? ChooseGraph(store, arguments, search) : std::nullopt;
  if (!graph) {
    return std::make_unique<query::ExactIndex>(store, limits.vocabulary, WantedThreads(arguments));
  }
  // Of what was asked for in so many words there is nothing to tell.
  const bool was_chosen = search == Search::kAuto || arguments.Has("recall");
  if (was_chosen && !arguments.Has("quiet")) {
    console.Note("searching by the graph, effort " + std::to_string(graph->effort) +
                 (graph->recall > 0
                      ? ", which found " + FixedPoint(100 * static_cast<double>(graph->recall), 1) +
                            " % of the nearest when it was built"
                      : "") +
                 "; --search exact looks at every word");
  }
  return std::make_unique<query::HnswIndex>(store, graph->effort, WantedThreads(arguments));
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
