#include "train/corpus/final_ids.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/support/parallel_for.h"

namespace wordkin::train {
namespace {

// Of 'words' by falling count, the rarest that are not earlier ones go.
void CutTo(std::uint64_t max_vocabulary, std::vector<CountedWord>& words) {
  const auto earlier_count =
      static_cast<std::uint64_t>(std::ranges::count(words, true, &CountedWord::is_earlier));
  std::uint64_t places_left = max_vocabulary - std::min(max_vocabulary, earlier_count);
  std::vector<CountedWord> kept;
  for (const CountedWord& word : words) {
    if (!word.is_earlier && places_left == 0) continue;
    if (!word.is_earlier) --places_left;
    kept.push_back(word);
  }
  words = std::move(kept);
}

}  // namespace

Vocabulary RankWords(std::vector<CountedWord>& words, std::uint64_t max_vocabulary) {
  std::sort(words.begin(), words.end(), [](const CountedWord& left, const CountedWord& right) {
    return left.count != right.count ? left.count > right.count : left.word < right.word;
  });
  if (max_vocabulary > 0 && words.size() > max_vocabulary) CutTo(max_vocabulary, words);
  std::vector<Vocabulary::Entry> entries;
  entries.reserve(words.size());
  for (const CountedWord& word : words) entries.push_back({std::string(word.word), word.count});
  return Vocabulary(entries);
}

std::vector<WordId> FinalIds(std::span<const CountedWord> words, std::size_t number_count) {
  std::vector<WordId> final_ids(number_count, kLeftOut);
  for (std::size_t id = 0; id < words.size(); ++id) {
    final_ids[words[id].number] = static_cast<WordId>(id);
  }
  return final_ids;
}

FinalBlock MakeFinalBlock(std::span<const WordId> provisional,
                          const std::vector<WordId>& final_ids) {
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

void FinalIdWriter::Write(const FinalBlock& block) {
  if (block.word_count > 0) {
    const bool line_ended = line_ended_ || block.line_ends_before;
    if (line_ended && word_count_ > 0) ids_.Append({&kSentenceEnd, 1});
    ids_.Append(block.ids);
    word_count_ += block.word_count;
    line_ended_ = false;
  }
  line_ended_ = line_ended_ || block.line_ends_after;
}

std::uint64_t WriteFinalIds(IdSequence& provisional, const std::vector<WordId>& final_ids,
                            int thread_count, IdSequence& ids) {
  constexpr std::size_t kBlockIds = std::size_t{1} << 18;
  const std::span<const WordId> all = provisional.ids();
  const auto round_size = static_cast<std::size_t>(std::clamp(8 * thread_count, 8, 64));
  FinalIdWriter writer(ids);
  std::vector<FinalBlock> blocks(round_size);
  for (std::size_t begin = 0; begin < all.size(); begin += round_size * kBlockIds) {
    const std::size_t left = all.size() - begin;
    const std::size_t block_count = std::min((left + kBlockIds - 1) / kBlockIds, round_size);
    ParallelFor(block_count, thread_count, [&](std::size_t i) {
      const std::span<const WordId> rest = all.subspan(begin + i * kBlockIds);
      blocks[i] = MakeFinalBlock(rest.first(std::min(kBlockIds, rest.size())), final_ids);
    });
    for (std::size_t i = 0; i < block_count; ++i) writer.Write(blocks[i]);
    provisional.DiscardFront(begin);
  }
  ids.Seal();
  return writer.word_count();
}

}  // namespace wordkin::train
