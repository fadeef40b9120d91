#include "query/evaluation/set_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "common/math/spherical_k_means.h"
#include "common/support/parallel_for.h"
#include "query/questions/word_lookup.h"
#include "query/questions/word_relations.h"
#include "query/search/exact_index.h"

namespace wordkin::query {
namespace {

// Looks words up among the first 'limit' of a store.
class WordLookup {
 public:
  WordLookup(const EmbeddingStore& store, std::size_t limit) : store_(store), limit_(limit) {}

  std::optional<WordId> Find(std::string_view word) const {
    return FindInAnyCase(word, [this](std::string_view spelling) {
      const std::optional<WordId> id = store_.Find(spelling);
      return id && *id < limit_ ? id : std::nullopt;
    });
  }

  // The same, and then by its subwords.
  std::optional<QueryWord> Resolve(std::string_view word) const {
    if (const auto id = Find(word)) return QueryWord(*id);
    std::string folded;
    AppendFolded(RepairUtf8(word), folded);
    return ResolveWord(store_, folded);
  }

  // All of them, or none.
  std::optional<std::vector<QueryWord>> ResolveAll(const std::vector<std::string>& words) const {
    std::vector<QueryWord> resolved;
    for (const std::string& word : words) {
      std::optional<QueryWord> found = Resolve(word);
      if (!found) return std::nullopt;
      resolved.push_back(std::move(*found));
    }
    return resolved;
  }

 private:
  const EmbeddingStore& store_;
  std::size_t limit_;
};

// An unseen word's id is beyond all others.
WordId RarestOf(std::span<const QueryWord> words) {
  WordId rarest = 0;
  for (const QueryWord& word : words) rarest = std::max(rarest, word.id);
  return rarest;
}

// The best answer to each query, by chunks that the threads take in turn; kUnseenWord: none.
std::vector<WordId> FirstAnswers(const EmbeddingStore& store, std::size_t limit,
                                 std::span<const AnalogyQuery> queries,
                                 const AnswerOptions& options) {
  // A multiple of what one pass over the rows serves, and small enough to be dealt out evenly.
  constexpr std::size_t kTogether = 256;
  const ExactIndex index(store, limit);
  std::vector<WordId> answers(queries.size(), kUnseenWord);
  ParallelFor(
      (queries.size() + kTogether - 1) / kTogether, options.thread_count, [&](std::size_t chunk) {
        const std::size_t first = chunk * kTogether;
        const auto asked = queries.subspan(first, std::min(kTogether, queries.size() - first));
        const auto found = SolveAnalogies(
            store, index, asked,
            {.method = options.method, .answer_count = 1, .limit_vocabulary = limit});
        for (std::size_t i = 0; i < found.size(); ++i) {
          if (!found[i].empty()) answers[first + i] = found[i].front().id;
        }
      });
  return answers;
}

std::vector<AnsweredItem> Answer(const EmbeddingStore& store,
                                 const std::vector<QuestionSection>& sections,
                                 const AnswerOptions& options) {
  const std::size_t limit = options.top == 0 ? store.size() : std::min(options.top, store.size());
  const WordLookup lookup(store, limit);
  std::vector<AnsweredItem> items;
  std::vector<AnalogyQuery> queries;
  std::vector<WordId> expected;
  std::size_t number = 0;
  for (std::size_t section = 0; section < sections.size(); ++section) {
    for (const std::array<std::string, 4>& words : sections[section].questions) {
      std::array<std::optional<WordId>, 4> ids;
      std::ranges::transform(words, ids.begin(),
                             [&](const std::string& word) { return lookup.Find(word); });
      const std::size_t this_number = number++;
      if (!std::ranges::all_of(ids, [](const auto& id) { return id.has_value(); })) continue;
      queries.push_back({*ids[0], *ids[1], *ids[2]});
      expected.push_back(*ids[3]);
      items.push_back({.number = this_number,
                       .group = section,
                       .rarest = std::max({*ids[0], *ids[1], *ids[2], *ids[3]})});
    }
  }
  const std::vector<WordId> answers = FirstAnswers(store, limit, queries, options);
  for (std::size_t i = 0; i < items.size(); ++i) items[i].value = answers[i] == expected[i];
  return items;
}

std::vector<AnsweredItem> Answer(const EmbeddingStore& store, const std::vector<JudgedPair>& pairs,
                                 const AnswerOptions&) {
  const WordLookup lookup(store, store.size());
  std::vector<AnsweredItem> items;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto words = lookup.ResolveAll({pairs[i].a, pairs[i].b});
    if (!words) continue;
    items.push_back({.number = i,
                     .value = static_cast<double>(Similarity(store, (*words)[0], (*words)[1])),
                     .judged = pairs[i].score,
                     .rarest = RarestOf(*words)});
  }
  return items;
}

// The category of each item, numbered from 0 as they come; the second is how many there are.
std::pair<std::vector<std::size_t>, std::size_t> NumberCategories(
    const std::vector<WordCategory>& words) {
  std::map<std::string_view, std::size_t> numbers;
  std::vector<std::size_t> categories;
  for (const WordCategory& word : words) {
    categories.push_back(numbers.try_emplace(word.category, numbers.size()).first->second);
  }
  return {std::move(categories), numbers.size()};
}

// Marks the items that are of their cluster's most frequent category.
void MarkMajorities(const std::vector<std::size_t>& cluster_of, std::size_t cluster_count,
                    std::vector<AnsweredItem>& items) {
  struct Majority {
    std::size_t category = 0;
    std::size_t count = 0;
  };
  // Of the pairs of a cluster and a category only those that there are.
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> counts;
  for (std::size_t i = 0; i < items.size(); ++i) ++counts[{cluster_of[i], items[i].group}];
  std::vector<Majority> majorities(cluster_count);
  for (const auto& [pair, count] : counts) {
    const auto& [cluster, category] = pair;
    if (count > majorities[cluster].count) majorities[cluster] = {category, count};
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].value = items[i].group == majorities[cluster_of[i]].category;
  }
}

std::vector<AnsweredItem> Answer(const EmbeddingStore& store,
                                 const std::vector<WordCategory>& words,
                                 const AnswerOptions& options) {
  const WordLookup lookup(store, store.size());
  const auto [categories, category_count] = NumberCategories(words);
  std::vector<AnsweredItem> items;
  std::vector<QueryWord> known;
  std::vector<bool> has_words(category_count);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<QueryWord> word = lookup.Resolve(words[i].word);
    if (!word) continue;
    items.push_back({.number = i, .group = categories[i], .rarest = word->id});
    known.push_back(std::move(*word));
    has_words[categories[i]] = true;
  }
  const auto cluster_count = static_cast<std::size_t>(std::ranges::count(has_words, true));
  if (cluster_count < 2) return {};
  AlignedMatrix rows(known.size(), store.dimension());
  for (std::size_t i = 0; i < known.size(); ++i) CopyUnitRow(store, known[i], rows.Row(i));
  const Clustering clustering = SphericalKMeans(
      rows,
      {.cluster_count = cluster_count, .seed = options.seed, .thread_count = options.thread_count});
  MarkMajorities(clustering.cluster_of, cluster_count, items);
  return items;
}

std::vector<AnsweredItem> Answer(const EmbeddingStore& store,
                                 const std::vector<OddOneOutQuestion>& questions,
                                 const AnswerOptions&) {
  const WordLookup lookup(store, store.size());
  std::vector<AnsweredItem> items;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto words = lookup.ResolveAll(questions[i].words);
    if (!words) continue;
    const std::size_t odd = RankOddOneOut(store, *words).front().position;
    items.push_back(
        {.number = i, .value = odd + 1 == words->size() ? 1.0 : 0.0, .rarest = RarestOf(*words)});
  }
  return items;
}

}  // namespace

SetKind KindOf(const QuestionSet& set) { return static_cast<SetKind>(set.index()); }

std::size_t ItemCount(const QuestionSet& set) {
  const auto* const sections = std::get_if<std::vector<QuestionSection>>(&set);
  if (sections == nullptr) {
    return std::visit([](const auto& items) { return items.size(); }, set);
  }
  std::size_t count = 0;
  for (const QuestionSection& section : *sections) count += section.questions.size();
  return count;
}

SetAnswers AnswerSet(const EmbeddingStore& store, const QuestionSet& set,
                     const AnswerOptions& options) {
  SetAnswers answers;
  answers.kind = KindOf(set);
  answers.items = std::visit([&](const auto& items) { return Answer(store, items, options); }, set);
  answers.skipped = ItemCount(set) - answers.items.size();
  return answers;
}

}  // namespace wordkin::query
