#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "common/support/parallel_for.h"
#include "train/corpus/corpus_encoding.h"

namespace wordkin::train {
namespace {

// For a word that min_count or max_vocabulary leaves out; above every id of a vocabulary.
constexpr WordId kLeftOut = 0xFFFFFFFE;

// The number of each of a share's words in the merged vocabulary.
using Renumbering = std::vector<std::uint32_t>;

Renumbering MergeInto(ProvisionalVocabulary& merged, const ProvisionalVocabulary& share) {
  Renumbering numbers;
  numbers.reserve(share.entries().size());
  for (const ProvisionalVocabulary::Entry& entry : share.entries()) {
    numbers.push_back(merged.Add(entry.word(), entry.hash, entry.count));
  }
  return numbers;
}

Renumbering Identity(std::size_t size) {
  Renumbering numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0u);
  return numbers;
}

// The numbers of the words that stay, in the order of their ids.
std::vector<std::uint32_t> SelectWords(const std::vector<ProvisionalVocabulary::Entry>& entries,
                                       const CorpusOptions& options) {
  std::vector<std::uint32_t> kept;
  for (std::size_t number = 0; number < entries.size(); ++number) {
    if (entries[number].count >= options.min_count) {
      kept.push_back(static_cast<std::uint32_t>(number));
    }
  }
  std::sort(kept.begin(), kept.end(), [&](std::uint32_t left, std::uint32_t right) {
    const auto& a = entries[left];
    const auto& b = entries[right];
    return a.count != b.count ? a.count > b.count : a.word() < b.word();
  });
  if (options.max_vocabulary > 0 && kept.size() > options.max_vocabulary) {
    kept.resize(options.max_vocabulary);
  }
  return kept;
}

Vocabulary MakeVocabulary(const std::vector<ProvisionalVocabulary::Entry>& entries,
                          const std::vector<std::uint32_t>& kept) {
  std::vector<Vocabulary::Entry> words;
  words.reserve(kept.size());
  for (const std::uint32_t number : kept) {
    words.push_back({std::string(entries[number].word()), entries[number].count});
  }
  return Vocabulary(words);
}

// A block with its final ids, and line ends only between words, since lines may have lost all of
// theirs.
struct FinalBlock {
  std::vector<WordId> ids;
  std::uint64_t word_count = 0;
  bool line_ends_before = false;  // the first word
  bool line_ends_after = false;   // the last one
};

FinalBlock Finish(std::span<const WordId> provisional, const std::vector<WordId>& final_ids) {
  FinalBlock block;
  block.ids.reserve(provisional.size());
  bool line_ended = false;
  for (const WordId number : provisional) {
    if (number == kSentenceEnd) {
      line_ended = true;
      continue;
    }
    const WordId id = final_ids[number];
    if (id == kLeftOut) continue;
    if (std::exchange(line_ended, false)) {
      if (block.word_count > 0) {
        block.ids.push_back(kSentenceEnd);
      } else {
        block.line_ends_before = true;
      }
    }
    block.ids.push_back(id);
    ++block.word_count;
  }
  block.line_ends_after = line_ended;
  return block;
}

// Puts blocks together.
class BlockWriter {
 public:
  explicit BlockWriter(IdSequence& ids) : ids_(ids) {}

  void Write(const FinalBlock& block) {
    if (block.word_count > 0) {
      const bool line_ended = line_ended_ || block.line_ends_before;
      if (line_ended && word_count_ > 0) ids_.Append({&kSentenceEnd, 1});
      ids_.Append(block.ids);
      word_count_ += block.word_count;
      line_ended_ = false;
    }
    line_ended_ = line_ended_ || block.line_ends_after;
  }

  std::uint64_t word_count() const { return word_count_; }

 private:
  IdSequence& ids_;
  std::uint64_t word_count_ = 0;
  bool line_ended_ = false;
};

// A share's blocks not yet written, which are in corpus order among themselves.
struct Cursor {
  BlockEncoder* share;
  std::vector<WordId> final_ids;  // by provisional number
  std::size_t next_block = 0;
  std::size_t position = 0;

  bool HasBlock(std::uint64_t index) const {
    return next_block < share->blocks().size() && share->blocks()[next_block].index == index;
  }
  std::span<const WordId> TakeBlock() {
    const std::size_t count = share->blocks()[next_block++].id_count;
    const std::size_t begin = std::exchange(position, position + count);
    return share->ids().ids().subspan(begin, count);
  }
};

// Gives the shares' ids back to the system as it goes, so that both never lie in memory whole.
std::uint64_t WriteInCorpusOrder(std::vector<Cursor>& cursors, int thread_count, IdSequence& ids) {
  struct Source {
    std::span<const WordId> provisional;
    const Cursor* cursor;
  };
  // Some megabytes each.
  const auto round_size = static_cast<std::size_t>(std::clamp(8 * thread_count, 8, 64));
  BlockWriter writer(ids);
  std::vector<Source> sources;
  std::vector<FinalBlock> blocks(round_size);
  std::uint64_t index = 0;
  do {
    sources.clear();
    for (; sources.size() < round_size; ++index) {
      const auto cursor =
          std::find_if(cursors.begin(), cursors.end(),
                       [&](const Cursor& candidate) { return candidate.HasBlock(index); });
      if (cursor == cursors.end()) break;
      sources.push_back({cursor->TakeBlock(), &*cursor});
    }
    ParallelFor(sources.size(), thread_count, [&](std::size_t i) {
      blocks[i] = Finish(sources[i].provisional, sources[i].cursor->final_ids);
    });
    for (std::size_t i = 0; i < sources.size(); ++i) writer.Write(blocks[i]);
    for (Cursor& cursor : cursors) cursor.share->ids().DiscardFront(cursor.position);
  } while (!sources.empty());
  ids.Seal();
  return writer.word_count();
}

}  // namespace

void MergeShares(std::vector<std::unique_ptr<BlockEncoder>> shares, const CorpusOptions& options,
                 EncodedCorpus& corpus) {
  ProvisionalVocabulary& merged = shares[0]->vocabulary();
  std::vector<Cursor> cursors;
  cursors.push_back({shares[0].get(), Identity(merged.entries().size())});
  for (std::size_t i = 1; i < shares.size(); ++i) {
    cursors.push_back({shares[i].get(), MergeInto(merged, shares[i]->vocabulary())});
  }
  const auto& entries = merged.entries();
  const std::vector<std::uint32_t> kept = SelectWords(entries, options);
  std::vector<WordId> final_ids(entries.size(), kLeftOut);
  for (std::size_t id = 0; id < kept.size(); ++id) final_ids[kept[id]] = static_cast<WordId>(id);
  for (Cursor& cursor : cursors) {
    for (std::uint32_t& number : cursor.final_ids) number = final_ids[number];
    cursor.share->ids().Seal();
  }
  corpus.distinct_words = entries.size();
  corpus.vocabulary = MakeVocabulary(entries, kept);
  corpus.ids = IdSequence(options.scratch_folder, options.memory_limit_bytes);
  corpus.kept_word_count = WriteInCorpusOrder(cursors, options.thread_count, corpus.ids);
}

}  // namespace wordkin::train
