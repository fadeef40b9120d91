#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "common/store/vocabulary.h"
#include "common/text/corpus_reader.h"
#include "common/text/word_splitter.h"
#include "train/corpus/id_sequence.h"

namespace wordkin::train {

struct CorpusOptions {
  TokenizerKind tokenizer = TokenizerKind::kWhitespace;
  std::uint64_t min_count = 5;
  std::uint64_t max_vocabulary = 0;  // keep the most frequent only; 0: all
  // Words that are kept whatever their count here, to which their counts there are added; they
  // count towards max_vocabulary, which cuts the others only.
  const Vocabulary* earlier_vocabulary = nullptr;
  int thread_count = 1;
  std::string scratch_folder;            // for ids beyond memory; empty: the temporary folder
  std::uint64_t memory_limit_bytes = 0;  // for ids; 0: a quarter of the machine's memory
};

// A corpus read once and turned into ids: the vocabulary by falling count (ties by bytes, so that
// it does not depend on threads), and the words that are in it in their order.
struct EncodedCorpus {
  Vocabulary vocabulary;
  IdSequence ids;                     // words of the vocabulary, kSentenceEnd between lines
  std::uint64_t word_count = 0;       // words read, those left out by min_count included
  std::uint64_t kept_word_count = 0;  // words in 'ids'
  std::uint64_t distinct_words = 0;   // before min_count
  std::uint64_t bytes_read = 0;       // of the files
  std::uint64_t content_hash = 0;     // CorpusReader::content_hash: names the corpus
  CorpusNotes notes;
};

// options.memory_limit_bytes, or what its 0 stands for.
std::uint64_t IdMemoryBytes(const CorpusOptions& options);

// Throws kUsage when the vocabulary is empty, saying how many words there were and what would help.
void RequireWords(const EncodedCorpus& corpus, std::uint64_t min_count);

// Throws kUsage when there are fewer than two words, which is nothing to train on.
void RequireTwoWords(const Vocabulary& vocabulary);

// Called by the thread that calls EncodeCorpus, at most ten times a second and once at the end of
// reading: bytes read, bytes in all (0: unknown), words so far.
using CorpusProgress =
    std::function<void(std::uint64_t bytes_read, std::uint64_t bytes_total, std::uint64_t words)>;

// Reads the corpus in one pass: threads split blocks, number new words in tables of their own and
// write those provisional numbers; at the end the tables are merged and the numbers replaced.
// Throws kInputOutput, kDamaged, and kUsage when no word reaches min_count, saying how many words
// there were. Returns early with what was read when 'stop' becomes true.
EncodedCorpus EncodeCorpus(CorpusReader& reader, const CorpusOptions& options,
                           const CorpusProgress& progress, const std::atomic<bool>& stop);

}  // namespace wordkin::train
