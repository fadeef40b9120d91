#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/store/embedding_store.h"
#include "common/store/little_endian.h"
#include "common/store/row_quantization.h"
#include "common/store/store_directory.h"
#include "common/store/store_error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin {
namespace {

// Checks what the directory's checks at opening left: bytes, then their meaning.
class Verifier {
 public:
  explicit Verifier(const EmbeddingStore& store) : store_(store) {}

  void Run() const {
    CheckBytes();
    CheckWords();
    CheckIndex();
    CheckScanPlane();
    CheckNibblePlane();
    CheckRows();
    CheckSubwords();
    CheckTexts();
    CheckFinite(SectionKind::kWordRows, store_.word_rows());
    CheckFinite(SectionKind::kOutputRows, store_.output_rows());
    CheckFinite(SectionKind::kGloveWordRows, store_.glove_word_rows());
    CheckFinite(SectionKind::kGloveContextRows, store_.glove_context_rows());
    CheckCounts();
    store_.ReadMetadata();
    store_.ReadTrainingState();
    store_.ReadDocumentSettings();
    store_.ReadSection(SectionKind::kGraph);
  }

 private:
  [[noreturn]] void Fail(SectionKind kind, std::string_view reason) const {
    throw DamagedSection(store_.path(), kind, reason);
  }

  void CheckBytes() const {
    for (const SectionEntry& entry : store_.sections()) {
      store_.CheckedBytes(entry);
      const std::uint64_t end = entry.offset + entry.stored_length;
      const auto padding = store_.file_bytes().subspan(end, AlignSection(end) - end);
      if (std::any_of(padding.begin(), padding.end(),
                      [](std::byte byte) { return byte != std::byte{}; })) {
        Fail(entry.kind, "is followed by padding that is not zero");
      }
    }
  }

  void CheckWords() const {
    const WordSections& sections = store_.word_index().sections();
    std::size_t offset = 0;
    for (std::size_t id = 0; id < store_.size(); ++id) {
      if (id % kWordsPerBlock == 0 && sections.word_blocks[id / kWordsPerBlock] != offset) {
        Fail(SectionKind::kWordBlocks, "does not say where the words begin");
      }
      const std::optional<std::size_t> length = ReadWordLength(sections.words, offset);
      if (!length) Fail(SectionKind::kWords, "holds a wrong length");
      if (!IsValidUtf8({reinterpret_cast<const char*>(&sections.words[offset]), *length})) {
        Fail(SectionKind::kWords, "holds a word that is not valid UTF-8");
      }
      offset += *length;
    }
    if (offset != sections.words.size()) {
      Fail(SectionKind::kWords, "holds more than the words");
    }
  }

  void CheckCounts() const {
    const std::vector<std::uint64_t> counts = store_.ReadCounts();
    const auto risen = std::adjacent_find(counts.begin(), counts.end(), std::less<std::uint64_t>());
    if (risen == counts.end()) return;
    const auto id = static_cast<WordId>(risen - counts.begin() + 1);
    Fail(SectionKind::kCounts, "holds counts that do not fall: word " + std::to_string(id) + ", " +
                                   QuoteExcerpt(store_.Word(id)) +
                                   ", is more frequent than the one before it");
  }

  void CheckIndex() const {
    const WordSections& sections = store_.word_index().sections();
    const std::size_t bucket_count = sections.bucket_starts.size() - 1;
    if (sections.bucket_starts.front() != 0 || sections.bucket_starts.back() != store_.size() ||
        !std::is_sorted(sections.bucket_starts.begin(), sections.bucket_starts.end())) {
      Fail(SectionKind::kBucketStarts, "does not divide the words into buckets");
    }
    // Ids that rise within each bucket and lie in the right one can not occur twice; being as many
    // as there are words, they are all of them.
    std::vector<std::string_view> words;
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      const std::size_t begin = sections.bucket_starts[bucket];
      const auto ids =
          sections.bucket_words.subspan(begin, sections.bucket_starts[bucket + 1] - begin);
      words.clear();
      for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] >= store_.size() || (i > 0 && ids[i] <= ids[i - 1])) {
          Fail(SectionKind::kBucketWords, "does not hold each word once, in order");
        }
        words.push_back(store_.word_index().Word(ids[i]));
        if (BucketOf(WordHash(words.back()), bucket_count) != bucket) {
          Fail(SectionKind::kBucketWords, "holds a word in the wrong bucket");
        }
      }
      std::sort(words.begin(), words.end());
      if (std::adjacent_find(words.begin(), words.end()) != words.end()) {
        Fail(SectionKind::kWords, "holds a word twice");
      }
    }
  }

  void CheckScanPlane() const {
    const ScanPlane plane = store_.scan_plane();
    const std::size_t padded_dimension = plane.group_count() * ScanPlane::kDimensionsPerGroup;
    std::vector<std::int8_t> high(padded_dimension);
    for (std::size_t row = 0; row < plane.block_count() * ScanPlane::kRowsPerBlock; ++row) {
      for (std::size_t column = 0; column < padded_dimension; ++column) {
        const int value = plane.blocks[plane.Offset(row, column)] - ScanPlane::kZero;
        const bool is_padding = row >= plane.row_count || column >= plane.dimension;
        if (is_padding && value != 0) Fail(SectionKind::kScanPlane, "has padding that is not zero");
        if (value < -127) Fail(SectionKind::kScanPlane, "holds a value out of bounds");
        high[column] = static_cast<std::int8_t>(value);
      }
      if (plane.cosine_factors[row] != CosineFactor(high)) {
        Fail(SectionKind::kCosineFactors, "does not fit section scan-plane");
      }
    }
  }

  void CheckNibblePlane() const {
    const NibblePlane* const plane = store_.nibble_plane();
    if (plane == nullptr) return;
    const std::vector<std::byte> expected = PackNibbles(store_.scan_plane());
    if (std::memcmp(expected.data(), plane->blocks, expected.size()) != 0) {
      Fail(SectionKind::kNibblePlane, "does not fit section scan-plane");
    }
  }

  void CheckRows() const {
    std::vector<float> row(store_.dimension());
    std::vector<float> unit_row(store_.dimension());
    for (std::size_t id = 0; id < store_.size(); ++id) {
      store_.CopyRow(static_cast<WordId>(id), row);
      store_.CopyUnitRow(static_cast<WordId>(id), unit_row);
      if (store_.precision() == Precision::kFloat32) {
        if (!AllFinite(row)) Fail(SectionKind::kFloatRows, "holds a value that is not finite");
        continue;
      }
      const bool is_zero = std::all_of(row.begin(), row.end(), [](float x) { return x == 0; });
      const bool is_zero_unit =
          std::all_of(unit_row.begin(), unit_row.end(), [](float x) { return x == 0; });
      if (!AllFinite(row) || is_zero != is_zero_unit) {
        Fail(SectionKind::kRowScales, "does not fit the planes");
      }
    }
  }

  void CheckSubwords() const {
    const StoredSubwords* const subwords = store_.subwords();
    if (subwords == nullptr) return;
    const SubwordSections& sections = subwords->sections();
    const auto& buckets = sections.buckets;
    if (std::adjacent_find(buckets.begin(), buckets.end(), std::greater_equal<>()) !=
            buckets.end() ||
        (!buckets.empty() && buckets.back() >= subwords->options().bucket_count)) {
      Fail(SectionKind::kSubwordBuckets, "does not hold buckets in rising order");
    }
    if (std::find(sections.high_plane.begin(), sections.high_plane.end(), -128) !=
        sections.high_plane.end()) {
      Fail(SectionKind::kSubwordHighPlane, "holds a value out of bounds");
    }
    CheckFinite(SectionKind::kSubwordFloatRows, sections.float_rows);
    if (sections.scales.empty()) return;
    std::vector<float> row(store_.dimension());
    for (std::size_t i = 0; i < subwords->row_count(); ++i) {
      subwords->CopyRow(i, row);
      if (!AllFinite(row) || !(sections.scales[i] >= 0) || !HasItsScale(sections, i)) {
        Fail(SectionKind::kSubwordScales, "does not fit the planes");
      }
    }
  }

  // What each frame says of the next one leaves no gap: all rows have a text, all bytes a frame.
  void CheckTexts() const {
    if (store_.texts() == nullptr) return;
    for (std::size_t i = 0; i < store_.texts()->frame_count(); ++i) store_.texts()->ReadFrame(i);
  }

  // Where the scale is 0 the integers are 0.
  bool HasItsScale(const SubwordSections& sections, std::size_t row) const {
    const auto is_zero = [&](std::span<const std::int8_t> plane) {
      if (plane.empty()) return true;
      const auto values = plane.subspan(row * store_.dimension(), store_.dimension());
      return std::all_of(values.begin(), values.end(),
                         [](std::int8_t value) { return value == 0; });
    };
    return sections.scales[row] > 0 ||
           (is_zero(sections.high_plane) && is_zero(sections.low_plane));
  }

  void CheckFinite(SectionKind kind, std::span<const float> values) const {
    if (!AllFinite(values)) Fail(kind, "holds a value that is not finite");
  }

  const EmbeddingStore& store_;
};

}  // namespace

void VerifyStore(const std::string& path) {
  const EmbeddingStore store(path);
  Verifier(store).Run();
}

}  // namespace wordkin
