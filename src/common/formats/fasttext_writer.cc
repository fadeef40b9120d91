#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "common/formats/buffered_output.h"
#include "common/formats/fasttext_bin.h"
#include "common/formats/fasttext_layout.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

class FastTextWriter {
 public:
  FastTextWriter(BufferedOutput& output, const EmbeddingStore& store,
                 const FormatSettings& settings)
      : output_(output), store_(store), row_(store.dimension()) {
    if (store.subwords() != nullptr) CheckSubwords(store.subwords()->options());
    SetHead(settings);
  }

  void Write() {
    AppendValue(kFastTextMagic);
    AppendValue(kFastTextVersion);
    VisitFields(head_, [&](const auto& field) { AppendValue(field); });
    AppendWords();
    AppendMatrixHead(store_.size() + static_cast<std::size_t>(head_.bucket_count));
    AppendWordRows();
    AppendBucketRows();
    AppendMatrixHead(store_.size());
    AppendOutputRows();
    output_.Commit();
  }

 private:
  Error Impossible(const std::string& reason) const {
    return Error(ErrorKind::kUsage, "cannot write '" + output_.path() + "': " + reason);
  }

  void CheckSubwords(const SubwordOptions& options) const {
    if (options.hash == SubwordHash::kFastText) return;
    throw Impossible("the subwords of '" + store_.path() +
                     "' are hashed as floret does, which fastText can not; write .vec instead");
  }

  void SetHead(const FormatSettings& settings) {
    std::uint64_t tokens = 0;
    for (const std::uint64_t count : counts_ = store_.ReadCounts()) tokens += count;
    constexpr std::uint64_t kMostTokens = std::uint64_t{1} << 53;
    head_.token_count = static_cast<std::int64_t>(std::min(tokens, kMostTokens));
    VisitSettings(head_, [&](const char* name, auto& field) { SetField(settings, name, field); });
    const SubwordOptions* const options =
        store_.subwords() == nullptr ? nullptr : &store_.subwords()->options();
    SetNgrams(options);
    const std::uint64_t rows = store_.size() + (options == nullptr ? 0 : options->bucket_count);
    if (rows > std::numeric_limits<std::int32_t>::max()) {
      throw Impossible("fastText numbers words and buckets by 32 bits; " + std::to_string(rows) +
                       " are too many");
    }
    head_.dimension = static_cast<std::int32_t>(store_.dimension());
    head_.entry_count = static_cast<std::int32_t>(store_.size());
    head_.word_count = head_.entry_count;
  }

  // What settings say is taken where the field can hold it: they may come from any file.
  template <typename Field>
  static void SetField(const FormatSettings& settings, const char* name, Field& field) {
    const auto found = settings.find(name);
    if (found == settings.end() || !std::isfinite(found->second)) return;
    if constexpr (std::is_integral_v<Field>) {
      constexpr double kMost = sizeof(Field) == 4 ? 0x7FFFFFFF : 0x1p53;
      if (std::fabs(found->second) > kMost) return;
    }
    field = static_cast<Field>(found->second);
  }

  // The store's lengths; those of the settings where they come to the same.
  void SetNgrams(const SubwordOptions* options) {
    if (options == nullptr) {
      head_.maximum_length = std::min(head_.maximum_length, 0);
      return;
    }
    const auto minimum_length = static_cast<std::int32_t>(options->minimum_length);
    if (std::max(head_.minimum_length, 1) != minimum_length) head_.minimum_length = minimum_length;
    head_.maximum_length = static_cast<std::int32_t>(options->maximum_length);
    head_.bucket_count = static_cast<std::int32_t>(options->bucket_count);
  }

  template <typename Value>
  void AppendValue(Value value) {
    output_.Append({reinterpret_cast<const char*>(&value), sizeof(value)});
  }

  void AppendRow(std::span<const float> row) {
    output_.Append({reinterpret_cast<const char*>(row.data()), row.size_bytes()});
  }

  void AppendWords() {
    for (std::size_t id = 0; id < store_.size(); ++id) {
      const std::string_view word = WritableWord(store_, static_cast<WordId>(id), output_.path());
      if (word.find('\0') != std::string_view::npos) {
        throw Impossible("a word of '" + store_.path() +
                         "' holds a NUL byte, which ends a word in this format");
      }
      output_.Append(word);
      AppendValue('\0');
      AppendValue(static_cast<std::int64_t>(counts_[id]));
      AppendValue('\0');  // a word, no label
    }
  }

  void AppendMatrixHead(std::size_t row_count) {
    AppendValue('\0');  // not quantised
    AppendValue(static_cast<std::int64_t>(row_count));
    AppendValue(static_cast<std::int64_t>(store_.dimension()));
  }

  void AppendWordRows() {
    for (std::size_t id = 0; id < store_.size(); ++id) {
      if (!store_.word_rows().empty()) {
        AppendRow(store_.word_rows().subspan(id * row_.size(), row_.size()));
        continue;
      }
      store_.CopyRow(static_cast<WordId>(id), row_);
      if (store_.subwords() != nullptr) SubtractNgrams(store_.Word(static_cast<WordId>(id)));
      AppendRow(row_);
    }
  }

  // From the mean of a word's own row and its n-grams' to its own row.
  void SubtractNgrams(std::string_view word) {
    const StoredSubwords& subwords = *store_.subwords();
    std::vector<std::uint32_t> buckets;
    AppendBuckets(word, subwords.options(), buckets);
    const auto count = static_cast<float>(1 + buckets.size());
    std::vector<float> ngram_row(row_.size());
    for (float& value : row_) value *= count;
    for (const std::uint32_t bucket : buckets) {
      const std::optional<std::size_t> row = subwords.FindRow(bucket);
      if (!row) continue;
      subwords.CopyRow(*row, ngram_row);
      AddScaled(row_, -1.0f, ngram_row);
    }
  }

  void AppendBucketRows() {
    const std::vector<float> zeros(row_.size());
    std::size_t row = 0;
    for (std::int32_t bucket = 0; bucket < head_.bucket_count; ++bucket) {
      const StoredSubwords& subwords = *store_.subwords();
      const bool has_row =
          row < subwords.row_count() && subwords.Bucket(row) == static_cast<std::uint32_t>(bucket);
      if (has_row) subwords.CopyRow(row++, row_);
      AppendRow(has_row ? row_ : zeros);
    }
  }

  void AppendOutputRows() {
    const std::span<const float> rows = store_.output_rows();
    for (std::size_t id = 0; id < store_.size(); ++id) {
      std::fill(row_.begin(), row_.end(), 0.0f);
      if (!rows.empty()) {
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(id * row_.size()), row_.size(),
                    row_.begin());
        if (HasTurnedOutputs(head_)) {
          for (float& value : row_) value = -value;
        }
      }
      AppendRow(row_);
    }
  }

  BufferedOutput& output_;
  const EmbeddingStore& store_;
  FastTextHead head_;
  std::vector<std::uint64_t> counts_;
  std::vector<float> row_;
};

}  // namespace

void WriteFastTextBinary(BufferedOutput& output, const EmbeddingStore& store,
                         const FormatSettings& settings) {
  FastTextWriter(output, store, settings).Write();
}

}  // namespace wordkin
