#include "query/documents/word_mean_embedder.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "common/math/smooth_inverse_frequency.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "common/text/word_splitter.h"

namespace wordkin::query {
namespace {

// Texts that a thread takes at once.
constexpr std::size_t kTextsAtOnce = 64;

}  // namespace

// Adds the vectors of a text's words up as the splitter finds them. One a thread.
class WordMeanEmbedder::TextSum : public WordSink {
 public:
  TextSum(const EmbeddingStore& store, std::span<const float> weights)
      : store_(store), weights_(weights), vector_(store.dimension()) {}

  void Begin(std::span<float> sum) {
    sum_ = sum;
    count_ = 0;
  }
  void OnWord(std::string_view word) override {
    ++word_count_;
    if (const std::optional<WordId> id = store_.Find(word)) {
      store_.CopyRow(*id, vector_);
      AddScaled(sum_, weights_.empty() ? 1.0f : weights_[*id], vector_);
    } else if (store_.CopyUnseenRow(word, vector_)) {
      AddScaled(sum_, 1.0f, vector_);
    } else {
      ++unknown_count_;
      return;
    }
    ++count_;
  }
  void OnLineEnd() override {}
  void Finish() {
    if (count_ == 0) return;
    for (float& value : sum_) value /= static_cast<float>(count_);
  }
  // Of all texts.
  std::uint64_t word_count() const { return word_count_; }
  std::uint64_t unknown_count() const { return unknown_count_; }

 private:
  const EmbeddingStore& store_;
  std::span<const float> weights_;
  std::vector<float> vector_;
  std::span<float> sum_;
  std::size_t count_ = 0;  // of the text's known words
  std::uint64_t word_count_ = 0;
  std::uint64_t unknown_count_ = 0;
};

std::string_view WeightingName(WordWeighting weighting) {
  return weighting == WordWeighting::kMean ? "mean" : "sif";
}

WordMeanEmbedder::WordMeanEmbedder(const EmbeddingStore& store, WordMeanOptions options)
    : store_(store), options_(std::move(options)) {
  if (options_.weighting == WordWeighting::kMean) return;
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  if (std::ranges::all_of(counts, [](std::uint64_t count) { return count == 0; })) {
    throw Error(ErrorKind::kUsage, "'" + store.path() +
                                       "' has no counts, by which SIF weighs words; the plain mean "
                                       "needs none (--weighting mean)");
  }
  weights_ = SmoothInverseFrequencies(counts, options_.smoothing);
}

AlignedMatrix WordMeanEmbedder::Embed(std::span<const std::string> texts) {
  AlignedMatrix rows(texts.size(), dimension());
  const std::size_t chunk_count = (texts.size() + kTextsAtOnce - 1) / kTextsAtOnce;
  ParallelFor(chunk_count, options_.thread_count, [&](std::size_t chunk) {
    WordSplitter splitter(options_.tokenizer);
    TextSum sum(store_, weights_);
    const std::size_t end = std::min((chunk + 1) * kTextsAtOnce, texts.size());
    for (std::size_t i = chunk * kTextsAtOnce; i < end; ++i) {
      sum.Begin(rows.Row(i));
      splitter.Split(texts[i], sum);
      sum.Finish();
    }
    word_count_ += sum.word_count();
    unknown_count_ += sum.unknown_count();
  });
  return rows;
}

std::vector<std::string> WordMeanEmbedder::UnknownWords(std::string_view text) const {
  class Unknown : public WordSink {
   public:
    explicit Unknown(const EmbeddingStore& store) : store_(store), row_(store.dimension()) {}
    void OnWord(std::string_view word) override {
      if (store_.Find(word) || store_.CopyUnseenRow(word, row_)) return;
      if (met_.emplace(word).second) words.emplace_back(word);
    }
    void OnLineEnd() override {}
    std::vector<std::string> words;

   private:
    const EmbeddingStore& store_;
    std::vector<float> row_;
    std::unordered_set<std::string> met_;
  };
  Unknown unknown(store_);
  WordSplitter(options_.tokenizer).Split(text, unknown);
  return std::move(unknown.words);
}

}  // namespace wordkin::query
