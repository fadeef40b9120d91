#include "common/store/embedding_store.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <cstring>
#include <mutex>
#include <utility>

#include "common/math/vector_kernels.h"
#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/store/section_codec.h"
#include "common/store/store_directory.h"
#include "common/store/store_error.h"
#include "common/store/store_shape.h"
#include "common/text/utf8.h"

namespace wordkin {

// No std::call_once: the thread sanitizer's stand-in hangs after a callable that threw.
struct EmbeddingStore::RowScales {
  std::atomic<const float*> values{nullptr};
  std::mutex mutex;
  std::vector<std::byte> bytes;
};

EmbeddingStore::EmbeddingStore(const std::string& path) : EmbeddingStore(MappedFile(path), path) {}

EmbeddingStore::EmbeddingStore(MappedFile file, const std::string& name)
    : file_(std::make_shared<const MappedFile>(std::move(file))),
      name_(name),
      sections_(ReadDirectory(file_->bytes(), name)),
      row_scales_(std::make_shared<RowScales>()) {
  ReadShape();
  ReadSubwordShape();
  CheckSections();
  BindSections();
  BindSubwords();
  BindTexts();
}

void EmbeddingStore::ReadShape() {
  const SectionEntry* const entry = FindSection(SectionKind::kShape);
  if (entry == nullptr) throw DamagedSection(path(), SectionKind::kShape, "is missing");
  if (entry->stored_length != kShapeBytes) {
    throw DamagedSection(path(), SectionKind::kShape, "has the wrong length");
  }
  const std::span<const std::byte> bytes = CheckedBytes(*entry);
  shape_.row_count = Load<std::uint64_t>(bytes, 0);
  shape_.dimension = Load<std::uint64_t>(bytes, 8);
  shape_.precision = static_cast<Precision>(Load<std::uint32_t>(bytes, 16));
  if (const std::string problem = ShapeProblem(shape_); !problem.empty()) {
    throw DamagedSection(path(), SectionKind::kShape, problem);
  }
  if (Load<std::uint32_t>(bytes, 20) != 0) {
    throw DamagedSection(path(), SectionKind::kShape, "has reserved bytes that are not zero");
  }
  if (PrecisionName(shape_.precision) == "unknown") {
    throw NewerStore(path(), "its precision is not known here");
  }
}

void EmbeddingStore::ReadSubwordShape() {
  constexpr SectionKind kKind = SectionKind::kSubwordOptions;
  const SectionEntry* const entry = FindSection(kKind);
  if (entry == nullptr) return;
  if (entry->stored_length != kSubwordOptionsBytes) {
    throw DamagedSection(path(), kKind, "has the wrong length");
  }
  const std::span<const std::byte> bytes = CheckedBytes(*entry);
  SubwordShape subwords;
  subwords.options = {.hash = static_cast<SubwordHash>(Load<std::uint32_t>(bytes, 0)),
                      .minimum_length = Load<std::uint32_t>(bytes, 4),
                      .maximum_length = Load<std::uint32_t>(bytes, 8),
                      .bucket_count = Load<std::uint32_t>(bytes, 12),
                      .hash_count = Load<std::uint32_t>(bytes, 16)};
  subwords.row_count = Load<std::uint64_t>(bytes, 24);
  if (const std::string problem = SubwordProblem(subwords); !problem.empty()) {
    throw DamagedSection(path(), kKind, problem);
  }
  if (Load<std::uint32_t>(bytes, 20) != 0) {
    throw DamagedSection(path(), kKind, "has reserved bytes that are not zero");
  }
  shape_.subwords = subwords;
}

void EmbeddingStore::CheckSections() const {
  for (const SectionEntry& entry : sections_) {
    if (!IsKnownSection(entry.kind)) continue;
    if (!IsAllowed(entry.kind, shape_)) {
      throw DamagedSection(path(), entry.kind,
                           "has no place in a store of precision " +
                               std::string(PrecisionName(shape_.precision)) +
                               (IsCriticalSection(entry.kind) ? "" : " and subwords as its are"));
    }
    if (const std::string problem = LengthProblem(entry, shape_); !problem.empty()) {
      throw DamagedSection(path(), entry.kind, problem);
    }
  }
  for (auto kind = SectionKind::kShape; kind <= kLastSection; kind = Next(kind)) {
    if (IsRequired(kind, shape_) && FindSection(kind) == nullptr) {
      throw DamagedSection(path(), kind, "is missing");
    }
  }
}

void EmbeddingStore::BindSections() {
  const WordSections words = {
      .words = StoredBytes(SectionKind::kWords),
      .word_blocks = ViewAs<std::uint32_t>(StoredBytes(SectionKind::kWordBlocks)),
      .bucket_starts = ViewAs<std::uint32_t>(StoredBytes(SectionKind::kBucketStarts)),
      .bucket_words = ViewAs<std::uint32_t>(StoredBytes(SectionKind::kBucketWords))};
  word_index_ = WordIndex(words, shape_.row_count, path());
  scan_plane_ = {
      .row_count = shape_.row_count,
      .dimension = shape_.dimension,
      .blocks = ViewAs<std::uint8_t>(StoredBytes(SectionKind::kScanPlane)).data(),
      .cosine_factors = ViewAs<std::uint16_t>(StoredBytes(SectionKind::kCosineFactors)).data()};
  if (const auto nibbles = StoredBytes(SectionKind::kNibblePlane); !nibbles.empty()) {
    nibble_plane_ = ViewOfNibbles(nibbles, shape_.row_count, shape_.dimension);
  }
  low_plane_ = ViewAs<std::int8_t>(StoredBytes(SectionKind::kLowPlane));
  float_rows_ = ViewAs<float>(StoredBytes(SectionKind::kFloatRows));
}

void EmbeddingStore::BindSubwords() {
  word_rows_ = ViewAs<float>(StoredBytes(SectionKind::kWordRows));
  output_rows_ = ViewAs<float>(StoredBytes(SectionKind::kOutputRows));
  glove_word_rows_ = ViewAs<float>(StoredBytes(SectionKind::kGloveWordRows));
  glove_context_rows_ = ViewAs<float>(StoredBytes(SectionKind::kGloveContextRows));
  if (!shape_.subwords) return;
  const SubwordSections sections = {
      .buckets = ViewAs<std::uint32_t>(StoredBytes(SectionKind::kSubwordBuckets)),
      .high_plane = ViewAs<std::int8_t>(StoredBytes(SectionKind::kSubwordHighPlane)),
      .low_plane = ViewAs<std::int8_t>(StoredBytes(SectionKind::kSubwordLowPlane)),
      .scales = ViewAs<float>(StoredBytes(SectionKind::kSubwordScales)),
      .float_rows = ViewAs<float>(StoredBytes(SectionKind::kSubwordFloatRows))};
  subwords_.emplace(sections, shape_);
}

void EmbeddingStore::BindTexts() {
  const bool has_frames = FindSection(SectionKind::kDocumentFrames) != nullptr;
  const bool has_texts = FindSection(SectionKind::kDocumentTexts) != nullptr;
  if (has_frames != has_texts) {
    throw DamagedSection(path(),
                         has_texts ? SectionKind::kDocumentFrames : SectionKind::kDocumentTexts,
                         "is missing");
  }
  if (!has_texts) return;
  texts_.emplace(ViewAs<TextFrameEntry>(StoredBytes(SectionKind::kDocumentFrames)),
                 StoredBytes(SectionKind::kDocumentTexts), shape_.row_count, path());
}

const SectionEntry* EmbeddingStore::FindSection(SectionKind kind) const {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [&](const SectionEntry& entry) { return entry.kind == kind; });
  return found == sections_.end() ? nullptr : &*found;
}

std::span<const std::byte> EmbeddingStore::StoredBytes(const SectionEntry& entry) const {
  return file_->bytes().subspan(entry.offset, entry.stored_length);
}

std::span<const std::byte> EmbeddingStore::StoredBytes(SectionKind kind) const {
  const SectionEntry* const entry = FindSection(kind);
  return entry == nullptr ? std::span<const std::byte>() : StoredBytes(*entry);
}

std::span<const std::byte> EmbeddingStore::CheckedBytes(const SectionEntry& entry) const {
  const std::span<const std::byte> bytes = StoredBytes(entry);
  if (Checksum(bytes) != entry.checksum) {
    throw DamagedStore(path(), "the checksum of " + NameSection(entry.kind) + " does not match");
  }
  return bytes;
}

std::vector<std::byte> EmbeddingStore::Unpack(const SectionEntry& entry) const {
  const std::span<const std::byte> stored = CheckedBytes(entry);
  if (entry.codec == Codec::kRaw) return {stored.begin(), stored.end()};
  std::optional<std::vector<std::byte>> content = Decompress(stored, entry.raw_length);
  if (!content) throw DamagedSection(path(), entry.kind, "can not be decompressed");
  return *std::move(content);
}

std::optional<WordId> EmbeddingStore::Find(std::string_view word) const {
  return word_index_.Find(word);
}

std::string_view EmbeddingStore::Word(WordId id) const {
  assert(id < size());
  const std::string_view word = word_index_.Word(id);
  // What prints words may rely on it.
  if (!IsValidUtf8(word)) {
    throw DamagedSection(path(), SectionKind::kWords, "holds a word that is not valid UTF-8");
  }
  return word;
}

std::vector<std::uint64_t> EmbeddingStore::ReadCounts() const {
  std::vector<std::uint64_t> counts(shape_.row_count);
  if (const auto bytes = ReadSection(SectionKind::kCounts)) {
    std::memcpy(counts.data(), bytes->data(), bytes->size());
  }
  return counts;
}

void EmbeddingStore::CopyRow(WordId id, std::span<float> row) const {
  CopyStoredRow(id, row);
  if (shape_.precision == Precision::kFloat32) return;
  const float scale = RowScale(id);
  for (float& value : row) value *= scale;
}

void EmbeddingStore::CopyPlanes(WordId id, std::span<std::int8_t> high,
                                std::span<std::int8_t> low) const {
  assert(id < size() && high.size() == dimension() && low.size() == dimension());
  for (std::size_t column = 0; column < high.size(); ++column) {
    high[column] = static_cast<std::int8_t>(scan_plane_.blocks[scan_plane_.Offset(id, column)] -
                                            ScanPlane::kZero);
  }
  if (low_plane_.empty()) return;
  std::memcpy(low.data(), low_plane_.data() + id * dimension(), dimension());
}

void EmbeddingStore::CopyUnitRow(WordId id, std::span<float> row) const {
  CopyStoredRow(id, row);
  if (shape_.precision == Precision::kFloat32) {
    // Rows of any size, and after damage of any content: NaN beside zeros has the length 0.
    const float length = Normalize(row);
    if ((length == 0 || !std::isfinite(length)) && !AllFinite(row)) {
      throw DamagedSection(path(), SectionKind::kFloatRows, "holds a value that is not finite");
    }
    return;
  }
  const float squared_length = Dot(row, row);
  if (squared_length == 0) return;
  const float factor = 1 / std::sqrt(squared_length);
  for (float& value : row) value *= factor;
}

void EmbeddingStore::CopyStoredRow(WordId id, std::span<float> row) const {
  assert(id < size() && row.size() == dimension());
  const std::size_t dimension = row.size();
  if (shape_.precision == Precision::kFloat32) {
    std::memcpy(row.data(), float_rows_.data() + id * dimension, dimension * sizeof(float));
    return;
  }
  const std::uint8_t* const first = scan_plane_.blocks + scan_plane_.Offset(id, 0);
  constexpr std::size_t kGroupBytes = ScanPlane::kRowsPerBlock * ScanPlane::kDimensionsPerGroup;
  const std::size_t whole_groups = dimension / ScanPlane::kDimensionsPerGroup;
  for (std::size_t group = 0; group < whole_groups; ++group) {
    const std::uint8_t* const values = first + group * kGroupBytes;
    float* const target = row.data() + group * ScanPlane::kDimensionsPerGroup;
    for (std::size_t i = 0; i < ScanPlane::kDimensionsPerGroup; ++i) {
      target[i] = static_cast<float>((values[i] - ScanPlane::kZero) * 256);
    }
  }
  for (std::size_t column = whole_groups * ScanPlane::kDimensionsPerGroup; column < dimension;
       ++column) {
    row[column] = static_cast<float>(
        (scan_plane_.blocks[scan_plane_.Offset(id, column)] - ScanPlane::kZero) * 256);
  }
  if (shape_.precision != Precision::kTwoPlane) return;
  const std::int8_t* const low = low_plane_.data() + id * dimension;
  for (std::size_t column = 0; column < dimension; ++column) {
    row[column] += static_cast<float>(low[column]);
  }
}

bool EmbeddingStore::CopyUnseenRow(std::string_view word, std::span<float> row) const {
  if (!subwords_ || !subwords_->Compose(word, row)) return false;
  if (!AllFinite(row)) {
    throw DamagedStore(path(), "its subwords hold values that are not finite");
  }
  return true;
}

std::vector<std::byte> EmbeddingStore::UnpackRowScales() const {
  std::vector<std::byte> bytes = Unpack(*FindSection(SectionKind::kRowScales));
  for (const float scale : ViewAs<float>(bytes)) {
    if (std::isfinite(scale) && scale >= 0) continue;
    throw DamagedSection(path(), SectionKind::kRowScales, "holds a scale that is no size");
  }
  return bytes;
}

float EmbeddingStore::RowScale(WordId id) const {
  const float* values = row_scales_->values.load(std::memory_order_acquire);
  if (values == nullptr) {
    const std::lock_guard lock(row_scales_->mutex);
    values = row_scales_->values.load(std::memory_order_relaxed);
    if (values != nullptr) return values[id];
    row_scales_->bytes = UnpackRowScales();
    values = ViewAs<float>(row_scales_->bytes).data();
    row_scales_->values.store(values, std::memory_order_release);
  }
  return values[id];
}

std::string EmbeddingStore::ReadMetadata() const {
  return FindSection(SectionKind::kMetadata) == nullptr ? "{}" : ReadText(SectionKind::kMetadata);
}

std::string EmbeddingStore::ReadTrainingState() const {
  return ReadText(SectionKind::kTrainingState);
}

std::string EmbeddingStore::ReadDocumentSettings() const {
  return ReadText(SectionKind::kDocumentSettings);
}

std::string EmbeddingStore::ReadText(SectionKind kind) const {
  const auto bytes = ReadSection(kind);
  if (!bytes) return "";
  std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  if (!IsValidUtf8(text)) throw DamagedSection(path(), kind, "is not valid UTF-8");
  return text;
}

std::optional<std::vector<std::byte>> EmbeddingStore::ReadSection(SectionKind kind) const {
  const SectionEntry* const entry = FindSection(kind);
  if (entry == nullptr) return std::nullopt;
  if (const std::string problem = LengthProblem(*entry, shape_); !problem.empty()) {
    throw DamagedSection(path(), kind, problem);
  }
  if (entry->codec != Codec::kRaw && entry->codec != Codec::kZstd) {
    throw NewerStore(path(), NameSection(kind) + " is compressed in a way not known here");
  }
  return Unpack(*entry);
}

}  // namespace wordkin
