#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "common/support/parallel_for.h"
#include "train/corpus/corpus_encoding.h"
#include "train/corpus/final_ids.h"

namespace wordkin::train {
namespace {

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

// By provisional number: whether the word is one of 'earlier', whose counts are added.
std::vector<bool> AddEarlierWords(const Vocabulary& earlier, ProvisionalVocabulary& merged) {
  std::vector<bool> is_earlier(merged.entries().size());
  for (WordId id = 0; id < earlier.size(); ++id) {
    const std::string_view word = earlier.Word(id);
    const std::uint32_t number = merged.Add(word, WordHash(word), earlier.Count(id));
    if (number >= is_earlier.size()) is_earlier.resize(number + 1);
    is_earlier[number] = true;
  }
  return is_earlier;
}

std::vector<CountedWord> FrequentWords(const std::vector<ProvisionalVocabulary::Entry>& entries,
                                       std::uint64_t min_count,
                                       const std::vector<bool>& is_earlier) {
  std::vector<CountedWord> words;
  for (std::size_t number = 0; number < entries.size(); ++number) {
    const ProvisionalVocabulary::Entry& entry = entries[number];
    const bool must_stay = number < is_earlier.size() && is_earlier[number];
    if (!must_stay && entry.count < min_count) continue;
    words.push_back({entry.word(), entry.count, static_cast<std::uint32_t>(number), must_stay});
  }
  return words;
}

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
  FinalIdWriter writer(ids);
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
      blocks[i] = MakeFinalBlock(sources[i].provisional, sources[i].cursor->final_ids);
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
  corpus.distinct_words = merged.entries().size();
  std::vector<bool> is_earlier;
  if (options.earlier_vocabulary != nullptr) {
    is_earlier = AddEarlierWords(*options.earlier_vocabulary, merged);
  }
  std::vector<CountedWord> words = FrequentWords(merged.entries(), options.min_count, is_earlier);
  corpus.vocabulary = RankWords(words, options.max_vocabulary);
  const std::vector<WordId> final_ids = FinalIds(words, merged.entries().size());
  for (Cursor& cursor : cursors) {
    for (std::uint32_t& number : cursor.final_ids) number = final_ids[number];
    cursor.share->ids().Seal();
  }
  corpus.ids = IdSequence(options.scratch_folder, options.memory_limit_bytes);
  corpus.kept_word_count = WriteInCorpusOrder(cursors, options.thread_count, corpus.ids);
}

}  // namespace wordkin::train
