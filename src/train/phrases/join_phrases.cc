#include "train/phrases/join_phrases.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/support/parallel_for.h"
#include "train/corpus/final_ids.h"
#include "train/phrases/pair_joiner.h"
#include "train/phrases/pair_scores.h"
#include "train/phrases/phrase_words.h"

namespace wordkin::train {
namespace {

// What the passes work on.
struct Passes {
  const PhraseOptions& options;
  const CorpusOptions& corpus_options;
  const PhraseProgress& progress;
  const std::atomic<bool>& stop;
  PhraseWords words;
  IdSequence ids;
  JoinedPhrases& result;
};

IdSequence NewIds(const CorpusOptions& options) {
  return IdSequence(options.scratch_folder, IdMemoryBytes(options));
}

std::vector<std::uint8_t> EligibleWords(const PhraseWords& words, std::uint64_t min_count) {
  std::vector<std::uint8_t> eligible(words.size());
  for (std::size_t id = 0; id < eligible.size(); ++id) {
    eligible[id] = words.Count(static_cast<WordId>(id)) >= min_count;
  }
  return eligible;
}

std::vector<ScoredPair> FindPairs(Passes& passes, double threshold, const PassProgress& progress) {
  const PhraseOptions& options = passes.options;
  const AdjacentPairs counts =
      CountAdjacentPairs(passes.ids.ids(), EligibleWords(passes.words, options.min_count),
                         options.max_pairs, options.thread_count, progress, passes.stop);
  passes.result.dropped_pairs += counts.dropped_pairs;
  passes.result.largest_loss = std::max(passes.result.largest_loss, counts.largest_loss);
  return SelectPairs(counts, passes.words, options, threshold);
}

// Pairs that earlier words of a line always take apart are left out of the result.
void JoinPairs(Passes& passes, int pass, const std::vector<ScoredPair>& pairs,
               const PassProgress& progress) {
  std::vector<WordId> joined_ids;
  joined_ids.reserve(pairs.size());
  for (const ScoredPair& pair : pairs) {
    joined_ids.push_back(passes.words.AddPhrase(FirstOfPair(pair.key), SecondOfPair(pair.key)));
  }
  const PairJoiner joiner(pairs, joined_ids, passes.words.size());
  IdSequence joined = NewIds(passes.corpus_options);
  const std::vector<std::uint64_t> counts =
      joiner.Join(passes.ids, joined, passes.options.thread_count, progress, passes.stop);
  passes.ids = std::move(joined);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    passes.words.Join(FirstOfPair(pairs[i].key), SecondOfPair(pairs[i].key), joined_ids[i],
                      counts[i]);
    passes.result.joined_count += counts[i];
    if (counts[i] == 0) continue;
    passes.result.phrases.push_back(
        {std::string(passes.words.Word(joined_ids[i])), pairs[i].count, pairs[i].score, pass});
  }
}

// False when there was no pair to join.
bool RunPass(Passes& passes, int pass, double threshold) {
  const auto report = [&](double offset) {
    return [&, offset](double fraction) {
      if (passes.progress) passes.progress(pass, offset + fraction / 2);
    };
  };
  const std::vector<ScoredPair> pairs = FindPairs(passes, threshold, report(0));
  if (pairs.empty() || passes.stop) return false;
  std::vector<Phrase>& phrases = passes.result.phrases;
  const auto first = static_cast<std::ptrdiff_t>(phrases.size());
  JoinPairs(passes, pass, pairs, report(0.5));
  std::stable_sort(phrases.begin() + first, phrases.end(),
                   [](const Phrase& a, const Phrase& b) { return a.count > b.count; });
  return true;
}

// The words and phrases that are frequent enough, and those of the earlier vocabulary, with the
// counts of both; what the earlier one alone has is numbered behind all others.
std::vector<CountedWord> KeptWords(const PhraseWords& words, const CorpusOptions& options) {
  std::vector<CountedWord> kept;
  std::vector<std::uint64_t> earlier_counts(words.size(), 0);
  if (const Vocabulary* const earlier = options.earlier_vocabulary) {
    auto next_number = static_cast<std::uint32_t>(words.size());
    for (WordId id = 0; id < earlier->size(); ++id) {
      if (const auto known = words.Find(earlier->Word(id))) {
        earlier_counts[*known] = earlier->Count(id);
      } else {
        kept.push_back({earlier->Word(id), earlier->Count(id), next_number++, true});
      }
    }
  }
  const std::uint64_t least = std::max<std::uint64_t>(options.min_count, 1);
  for (WordId id = 0; id < words.size(); ++id) {
    const bool is_earlier = earlier_counts[id] > 0;
    if (words.Count(id) < least && !is_earlier) continue;
    kept.push_back({words.Word(id), words.Count(id) + earlier_counts[id], id, is_earlier});
  }
  return kept;
}

// Numbers words and phrases by their counts and leaves out what is too rare.
void Finish(Passes& passes, EncodedCorpus& corpus) {
  const PhraseWords& words = passes.words;
  corpus.distinct_words = 0;
  for (WordId id = 0; id < words.size(); ++id) corpus.distinct_words += words.Count(id) > 0;
  std::vector<CountedWord> kept = KeptWords(words, passes.corpus_options);
  const std::size_t number_count = words.size() + kept.size();
  Vocabulary vocabulary = RankWords(kept, passes.corpus_options.max_vocabulary);
  const std::vector<WordId> final_ids = FinalIds(kept, number_count);
  corpus.ids = NewIds(passes.corpus_options);
  corpus.kept_word_count =
      WriteFinalIds(passes.ids, final_ids, passes.options.thread_count, corpus.ids);
  // The last to change: words are views into the old one.
  corpus.vocabulary = std::move(vocabulary);
}

}  // namespace

CorpusOptions ForPhrases(CorpusOptions options) {
  options.min_count = 1;
  options.max_vocabulary = 0;
  options.earlier_vocabulary = nullptr;
  return options;
}

JoinedPhrases JoinPhrases(EncodedCorpus corpus, const PhraseOptions& options,
                          const CorpusOptions& corpus_options, const PhraseProgress& progress,
                          const std::atomic<bool>& stop) {
  JoinedPhrases result;
  Passes passes{options,
                corpus_options,
                progress,
                stop,
                PhraseWords(corpus.vocabulary, options.joiner),
                std::move(corpus.ids),
                result};
  double threshold = options.threshold;
  for (int pass = 1; pass <= options.pass_count && !stop; ++pass) {
    if (!RunPass(passes, pass, threshold) && options.threshold_fall >= 1) break;
    threshold *= options.threshold_fall;
  }
  if (!stop) {
    Finish(passes, corpus);
    RequireWords(corpus, corpus_options.min_count);
  }
  result.corpus = std::move(corpus);
  return result;
}

}  // namespace wordkin::train
