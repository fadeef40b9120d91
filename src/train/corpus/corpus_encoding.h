#pragma once

#include <memory>
#include <vector>

#include "train/corpus/block_encoder.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::train {

// The two halves of EncodeCorpus.

// Splits and numbers the blocks of 'reader' on options.thread_count threads, the calling one among
// them; an error of any of them is thrown here. One share a thread.
std::vector<std::unique_ptr<BlockEncoder>> EncodeBlocks(CorpusReader& reader,
                                                        const CorpusOptions& options,
                                                        const CorpusProgress& progress,
                                                        const std::atomic<bool>& stop);

// Merges the shares: fills 'vocabulary', 'ids', 'kept_word_count' and 'distinct_words', the same
// however the blocks were shared out. Uses the shares up.
void MergeShares(std::vector<std::unique_ptr<BlockEncoder>> shares, const CorpusOptions& options,
                 EncodedCorpus& corpus);

}  // namespace wordkin::train
