#include "train/corpus/encoded_corpus.h"

#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "train/corpus/corpus_encoding.h"

namespace wordkin::train {
namespace {

std::uint64_t QuarterOfMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return IdSequence::kUnlimited;
  return static_cast<std::uint64_t>(pages) / 4 * static_cast<std::uint64_t>(page_bytes);
}

}  // namespace

std::uint64_t IdMemoryBytes(const CorpusOptions& options) {
  return options.memory_limit_bytes > 0 ? options.memory_limit_bytes : QuarterOfMemory();
}

void RequireWords(const EncodedCorpus& corpus, std::uint64_t min_count) {
  if (corpus.kept_word_count > 0) return;
  if (corpus.word_count == 0) {
    std::string message = "the corpus holds no words";
    if (corpus.notes.long_words > 0) {
      message += " but " + std::to_string(corpus.notes.long_words) + " longer than " +
                 std::to_string(kMaxCorpusWordBytes) + " bytes";
    }
    throw Error(ErrorKind::kUsage, message + "; give a file with text");
  }
  throw Error(ErrorKind::kUsage, "no word of the corpus occurs " + std::to_string(min_count) +
                                     " times: it holds " + std::to_string(corpus.word_count) +
                                     (corpus.word_count == 1 ? " word, " : " words, ") +
                                     std::to_string(corpus.distinct_words) +
                                     " of them different; give more text or a lower --min-count");
}

void RequireTwoWords(const Vocabulary& vocabulary) {
  if (vocabulary.size() >= 2) return;
  throw Error(ErrorKind::kUsage,
              "cannot train on a vocabulary of one word: give more text or a lower --min-count");
}

EncodedCorpus EncodeCorpus(CorpusReader& reader, const CorpusOptions& options,
                           const CorpusProgress& progress, const std::atomic<bool>& stop) {
  CorpusOptions resolved = options;
  resolved.memory_limit_bytes = IdMemoryBytes(options);
  std::vector<std::unique_ptr<BlockEncoder>> shares =
      EncodeBlocks(reader, resolved, progress, stop);
  EncodedCorpus corpus;
  corpus.bytes_read = reader.bytes_read();
  corpus.content_hash = reader.content_hash();
  corpus.notes = reader.notes();
  for (const auto& share : shares) {
    corpus.notes += share->notes();
    corpus.word_count += share->word_count();
  }
  MergeShares(std::move(shares), resolved, corpus);
  // Who asked to stop knows why there is nothing.
  if (!stop.load()) RequireWords(corpus, options.min_count);
  return corpus;
}

}  // namespace wordkin::train
