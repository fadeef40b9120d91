#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/corpus_reader.h"
#include "common/text/word_splitter.h"
#include "train/corpus/id_sequence.h"
#include "train/corpus/provisional_vocabulary.h"

namespace wordkin::train {

// One thread's share of reading a corpus: splits blocks and keeps their words as provisional
// numbers of its own, with kSentenceEnd at the ends of lines that hold words.
class BlockEncoder : private WordSink {
 public:
  struct EncodedBlock {
    std::uint64_t index;
    std::size_t id_count;  // line ends included
  };

  BlockEncoder(TokenizerKind tokenizer, std::string scratch_folder,
               std::uint64_t memory_limit_bytes);

  // Blocks come in rising order of their indices. Throws kInputOutput.
  void Encode(const TextBlock& block);

  const CorpusNotes& notes() const { return splitter_.notes(); }
  std::uint64_t word_count() const { return word_count_; }
  const std::vector<EncodedBlock>& blocks() const { return blocks_; }
  ProvisionalVocabulary& vocabulary() { return vocabulary_; }
  // Those of all blocks, one after another.
  IdSequence& ids() { return ids_; }

 private:
  struct PendingWord {
    std::uint64_t hash;
    std::string_view word;  // empty: the end of a line
  };

  void OnWord(std::string_view word) override;
  void OnLineEnd() override;
  void NumberPending();

  WordSplitter splitter_;
  ProvisionalVocabulary vocabulary_;
  std::vector<PendingWord> pending_;  // the words that wait for their numbers
  std::vector<WordId> block_ids_;
  std::vector<EncodedBlock> blocks_;
  IdSequence ids_;
  std::uint64_t word_count_ = 0;
};

}  // namespace wordkin::train
