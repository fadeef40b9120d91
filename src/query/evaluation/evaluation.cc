#include "query/evaluation/evaluation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

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

 private:
  const EmbeddingStore& store_;
  std::size_t limit_;
};

// Questions whose words are all known, each with what is to be found and where it counts.
struct AskedQuestions {
  std::vector<AnalogyQuery> queries;
  std::vector<WordId> expected;
  std::vector<std::size_t> sections;
};

void Ask(const QuestionSection& source, const WordLookup& lookup, std::size_t section_number,
         AnalogySection& section, AskedQuestions& asked) {
  section.name = source.name;
  for (const std::array<std::string, 4>& words : source.questions) {
    std::array<std::optional<WordId>, 4> ids;
    std::transform(words.begin(), words.end(), ids.begin(),
                   [&](const std::string& word) { return lookup.Find(word); });
    if (!std::all_of(ids.begin(), ids.end(), [](const auto& id) { return id.has_value(); })) {
      ++section.skipped;
      continue;
    }
    ++section.asked;
    asked.queries.push_back({*ids[0], *ids[1], *ids[2]});
    asked.expected.push_back(*ids[3]);
    asked.sections.push_back(section_number);
  }
}

}  // namespace

AnalogyReport EvaluateAnalogies(const EmbeddingStore& store, const std::string& path,
                                std::size_t top, AnalogyMethod method) {
  AnalogyReport report = EvaluateAnalogies(store, ReadQuestionFile(path), top, method);
  report.file = path;
  return report;
}

AnalogyReport EvaluateAnalogies(const EmbeddingStore& store,
                                std::span<const QuestionSection> questions, std::size_t top,
                                AnalogyMethod method) {
  const std::size_t limit = top == 0 ? store.size() : std::min(top, store.size());
  const WordLookup lookup(store, limit);
  AnalogyReport report;
  report.sections.resize(questions.size());
  AskedQuestions asked;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Ask(questions[i], lookup, i, report.sections[i], asked);
  }
  const ExactIndex index(store, limit);
  const auto answers =
      SolveAnalogies(store, index, asked.queries,
                     {.method = method, .answer_count = 1, .limit_vocabulary = limit});
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const bool is_correct = !answers[i].empty() && answers[i].front().id == asked.expected[i];
    report.sections[asked.sections[i]].correct += is_correct ? 1 : 0;
  }
  for (const AnalogySection& section : report.sections) {
    report.asked += section.asked;
    report.correct += section.correct;
    report.skipped += section.skipped;
  }
  return report;
}

SimilarityReport EvaluateSimilarity(const EmbeddingStore& store, const std::string& path) {
  SimilarityReport report = EvaluateSimilarity(store, ReadJudgedPairs(path));
  report.file = path;
  return report;
}

SimilarityReport EvaluateSimilarity(const EmbeddingStore& store,
                                    std::span<const JudgedPair> pairs) {
  const WordLookup lookup(store, store.size());
  SimilarityReport report;
  std::vector<double> judged;
  std::vector<double> computed;
  std::vector<double> seen_judged;
  std::vector<double> seen_computed;
  for (const JudgedPair& pair : pairs) {
    const std::optional<QueryWord> a = lookup.Resolve(pair.a);
    const std::optional<QueryWord> b = lookup.Resolve(pair.b);
    if (!a || !b) {
      ++report.skipped;
      continue;
    }
    judged.push_back(pair.score);
    computed.push_back(static_cast<double>(Similarity(store, *a, *b)));
    if (a->is_unseen() || b->is_unseen()) {
      ++report.unseen;
    } else {
      seen_judged.push_back(judged.back());
      seen_computed.push_back(computed.back());
    }
  }
  report.pairs = judged.size();
  report.spearman = SpearmanCorrelation(judged, computed);
  report.seen_spearman = SpearmanCorrelation(seen_judged, seen_computed);
  return report;
}

}  // namespace wordkin::query
