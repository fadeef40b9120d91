#pragma once

#include <cstdint>
#include <string>

#include "common/support/atomic_file.h"
#include "train/corpus/encoded_corpus.h"
#include "train/glove/pair_counts.h"

namespace wordkin::train {

// How a corpus was counted: what a later run must know and cannot choose anew.
struct CountingFacts {
  TokenizerKind tokenizer = TokenizerKind::kWhitespace;
  std::uint64_t min_count = 0;
  std::uint64_t max_vocabulary = 0;
  int window_radius = 0;
};

struct CountedCorpus {
  EncodedCorpus corpus;  // without its ids
  CountingFacts facts;
  PairCounts counts;  // of the words of corpus.vocabulary
};

// Writes the file of docs/glove.md and commits it. Throws kInputOutput on a failing disk.
void WriteCountsFile(AtomicFile& file, const EncodedCorpus& corpus, const CountingFacts& facts,
                     const PairCounts& counts);

// Opens one; its counts stay in the mapped file. Every checksum and length is checked here, the
// rows themselves when they are decoded. Throws kInputOutput and kDamaged.
CountedCorpus ReadCountsFile(const std::string& path);

}  // namespace wordkin::train
