#include "train/corpus/block_encoder.h"

#include <utility>

namespace wordkin::train {
namespace {

// Looking a word up waits for memory; waiting for that many at once makes reading a sixth faster.
constexpr std::size_t kPendingWords = 32;

}  // namespace

BlockEncoder::BlockEncoder(TokenizerKind tokenizer, std::string scratch_folder,
                           std::uint64_t memory_limit_bytes)
    : splitter_(tokenizer), ids_(std::move(scratch_folder), memory_limit_bytes) {}

void BlockEncoder::Encode(const TextBlock& block) {
  block_ids_.clear();
  splitter_.Split(block.text, *this);
  NumberPending();
  ids_.Append(block_ids_);
  blocks_.push_back({block.index, block_ids_.size()});
}

void BlockEncoder::OnWord(std::string_view word) {
  const std::uint64_t hash = WordHash(word);
  vocabulary_.PrefetchSlot(hash);
  pending_.push_back({hash, word});
  ++word_count_;
  if (pending_.size() == kPendingWords) NumberPending();
}

void BlockEncoder::NumberPending() {
  for (const PendingWord& pending : pending_) vocabulary_.PrefetchEntry(pending.hash);
  for (const PendingWord& pending : pending_) vocabulary_.PrefetchText(pending.hash);
  for (const PendingWord& pending : pending_) {
    if (!pending.word.empty()) {
      block_ids_.push_back(vocabulary_.Add(pending.word, pending.hash));
    } else if (block_ids_.empty() || block_ids_.back() != kSentenceEnd) {
      // A line that begins in an earlier block may end at the front of this one.
      block_ids_.push_back(kSentenceEnd);
    }
  }
  pending_.clear();
}

// Waits its turn among the words, since lines may be shorter than what is pending.
void BlockEncoder::OnLineEnd() {
  pending_.push_back({0, {}});
  if (pending_.size() == kPendingWords) NumberPending();
}

}  // namespace wordkin::train
