#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "train/corpus/encoded_corpus.h"
#include "train/phrases/phrase_options.h"

namespace wordkin::train {

// A pair of words or phrases that a pass joined, as it stood when the pass began.
struct Phrase {
  std::string text;
  std::uint64_t count;  // how often the pair occurred
  double score;
  int pass;  // from 1
};

struct JoinedPhrases {
  EncodedCorpus corpus;
  std::vector<Phrase> phrases;      // by pass, then by falling count
  std::uint64_t joined_count = 0;   // how often two words became one
  std::uint64_t dropped_pairs = 0;  // by options.max_pairs
  std::uint64_t largest_loss = 0;   // no pair's count is short by more
};

// Called by the calling thread: the pass, from 1, and the part of it that is done, 0 to 1.
using PhraseProgress = std::function<void(int pass, double fraction)>;

// The options to read a corpus with whose phrases are to be joined: no word is left out yet, nor
// added.
CorpusOptions ForPhrases(CorpusOptions options);

// Joins the phrases of 'corpus', which was read with ForPhrases(corpus_options), in its ids and
// its vocabulary; then words and phrases below corpus_options.min_count, or beyond max_vocabulary,
// are left out. The same whatever the threads. Throws kUsage when no word stays, kInputOutput.
// When 'stop' becomes true it returns early with what is of no use.
JoinedPhrases JoinPhrases(EncodedCorpus corpus, const PhraseOptions& options,
                          const CorpusOptions& corpus_options, const PhraseProgress& progress,
                          const std::atomic<bool>& stop);

}  // namespace wordkin::train
