#include <chrono>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "common/support/first_failure.h"
#include "train/corpus/corpus_encoding.h"

namespace wordkin::train {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kProgressInterval = std::chrono::milliseconds(100);

// What the threads share: the reader, under a lock, and the first failure.
class BlockQueue {
 public:
  BlockQueue(CorpusReader& reader, const std::atomic<bool>& stop) : reader_(reader), stop_(stop) {}

  // Nullopt at the end, after a failure and when told to stop.
  std::optional<TextBlock> Take() {
    const std::lock_guard lock(mutex_);
    if (failure_.happened() || stop_.load(std::memory_order_relaxed)) return std::nullopt;
    std::optional<TextBlock> block = reader_.Next();
    bytes_read_.store(reader_.bytes_read(), std::memory_order_relaxed);
    return block;
  }

  FirstFailure& failure() { return failure_; }

  void AddWords(std::uint64_t count) { words_.fetch_add(count, std::memory_order_relaxed); }

  void Report(const CorpusProgress& progress) const {
    if (progress) progress(bytes_read_.load(), reader_.bytes_total(), words_.load());
  }

 private:
  CorpusReader& reader_;
  const std::atomic<bool>& stop_;
  std::mutex mutex_;
  FirstFailure failure_;
  std::atomic<std::uint64_t> bytes_read_{0};
  std::atomic<std::uint64_t> words_{0};
};

// 'report' is called after each block.
template <typename Report>
void EncodeShare(BlockQueue& queue, BlockEncoder& share, const Report& report) {
  try {
    while (const std::optional<TextBlock> block = queue.Take()) {
      const std::uint64_t words_before = share.word_count();
      share.Encode(*block);
      queue.AddWords(share.word_count() - words_before);
      report();
    }
  } catch (...) {
    queue.failure().Keep();
  }
}

// Fewer than asked for when the system grants no more; the calling thread does the work alone then.
std::vector<std::jthread> StartThreads(BlockQueue& queue,
                                       std::vector<std::unique_ptr<BlockEncoder>>& shares) {
  std::vector<std::jthread> threads;
  threads.reserve(shares.size());
  try {
    for (std::size_t i = 1; i < shares.size(); ++i) {
      threads.emplace_back([&queue, &share = *shares[i]] { EncodeShare(queue, share, [] {}); });
    }
  } catch (const std::system_error&) {
  }
  return threads;
}

std::uint64_t ShareLimit(std::uint64_t limit_bytes, std::size_t thread_count) {
  return limit_bytes == IdSequence::kUnlimited ? limit_bytes : limit_bytes / thread_count;
}

}  // namespace

std::vector<std::unique_ptr<BlockEncoder>> EncodeBlocks(CorpusReader& reader,
                                                        const CorpusOptions& options,
                                                        const CorpusProgress& progress,
                                                        const std::atomic<bool>& stop) {
  const auto thread_count = static_cast<std::size_t>(std::max(options.thread_count, 1));
  std::vector<std::unique_ptr<BlockEncoder>> shares;
  for (std::size_t i = 0; i < thread_count; ++i) {
    shares.push_back(
        std::make_unique<BlockEncoder>(options.tokenizer, options.scratch_folder,
                                       ShareLimit(options.memory_limit_bytes, thread_count)));
  }
  reader.CutFor(options.tokenizer);
  BlockQueue queue(reader, stop);
  {
    const std::vector<std::jthread> threads = StartThreads(queue, shares);
    auto reported = Clock::now();
    EncodeShare(queue, *shares[0], [&] {
      if (Clock::now() - reported < kProgressInterval) return;
      reported = Clock::now();
      queue.Report(progress);
    });
  }
  queue.failure().Rethrow();
  queue.Report(progress);
  return shares;
}

}  // namespace wordkin::train
