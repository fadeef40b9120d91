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
  pending_text_.append(word);
  pending_.push_back({hash, word.size()});
  ++word_count_;
  if (pending_.size() == kPendingWords) NumberPending();
}

void BlockEncoder::NumberPending() {
  for (const PendingWord& pending : pending_) vocabulary_.PrefetchEntry(pending.hash);
  std::string_view text = pending_text_;
  for (const PendingWord& pending : pending_) {
    block_ids_.push_back(vocabulary_.Add(text.substr(0, pending.length), pending.hash));
    text.remove_prefix(pending.length);
  }
  pending_.clear();
  pending_text_.clear();
}

// A line that begins in an earlier block may end at the front of this one.
void BlockEncoder::OnLineEnd() {
  NumberPending();
  if (block_ids_.empty() || block_ids_.back() != kSentenceEnd) block_ids_.push_back(kSentenceEnd);
}

}  // namespace wordkin::train
