#include "common/store/store_writer.h"

#include <algorithm>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/store/row_quantization.h"
#include "common/store/section_writer.h"
#include "common/store/store_error.h"
#include "common/store/store_shape.h"
#include "common/store/subword_writer.h"
#include "common/store/word_index.h"

namespace wordkin {
namespace {

// Writes the sections of one table. Rows are quantised anew for each plane, block by block, which
// is quicker than the disk and needs no memory.
class TableWriter {
 public:
  TableWriter(AtomicFile& file, const EmbeddingTable& table, const StoreOptions& options)
      : table_(table),
        options_(options),
        shape_(ShapeOf(table, options)),
        earlier_count_(options.earlier_rows == nullptr ? 0 : options.earlier_rows->size()),
        has_counts_(table.vocabulary.total_count() > 0),
        path_(file.path()),
        sections_(file, SectionCount()) {}

  void Write() {
    CheckRows();
    AddShape();
    AddWords();
    AddScanPlane();
    if (shape_.precision == Precision::kTwoPlane) AddLowPlane();
    if (shape_.precision == Precision::kFloat32) AddFloatRows();
    if (shape_.precision != Precision::kFloat32) {
      sections_.AddCompressed(SectionKind::kRowScales, std::as_bytes(std::span(row_scales_)));
    }
    if (has_counts_) AddCounts();
    if (!options_.metadata_json.empty()) {
      sections_.AddCompressed(SectionKind::kMetadata,
                              std::as_bytes(std::span(options_.metadata_json)));
    }
    if (table_.subwords) WriteSubwordSections(sections_, *table_.subwords, shape_.precision);
    if (options_.keeps_training_rows) {
      AddMatrix(SectionKind::kWordRows, table_.word_rows);
      AddMatrix(SectionKind::kOutputRows, table_.output_rows);
    }
    if (!options_.training_state.empty()) {
      sections_.AddCompressed(SectionKind::kTrainingState,
                              std::as_bytes(std::span(options_.training_state)));
      AddMatrix(SectionKind::kGloveWordRows, table_.glove_word_rows);
      AddMatrix(SectionKind::kGloveContextRows, table_.glove_context_rows);
    }
    AddDocuments();
    sections_.Finish();
  }

 private:
  static StoreShape ShapeOf(const EmbeddingTable& table, const StoreOptions& options) {
    StoreShape shape{table.rows.row_count(), table.rows.dimension(), options.precision};
    if (options.earlier_rows != nullptr) shape.row_count += options.earlier_rows->size();
    if (table.subwords) {
      shape.subwords = {table.subwords->options, table.subwords->rows.row_count()};
    }
    return shape;
  }

  std::size_t SectionCount() const {
    std::size_t count = 0;
    for (auto kind = SectionKind::kShape; kind <= kLastSection; kind = Next(kind)) {
      if (IsRequired(kind, shape_)) ++count;
    }
    const bool has_state = !options_.training_state.empty();
    for (const bool is_there :
         {has_counts_, !options_.metadata_json.empty(),
          options_.keeps_training_rows && table_.word_rows.row_count() > 0,
          options_.keeps_training_rows && table_.output_rows.row_count() > 0, has_state,
          has_state && table_.glove_word_rows.row_count() > 0,
          has_state && table_.glove_context_rows.row_count() > 0, options_.texts != nullptr,
          options_.texts != nullptr, !options_.document_settings.empty()}) {
      if (is_there) ++count;
    }
    return count;
  }

  void CheckRows() {
    const std::string attempt = "cannot write '" + path_ + "': ";
    if (shape_.row_count != table_.vocabulary.size()) {
      throw Error(ErrorKind::kInternal, attempt + "the table has not a row for every word");
    }
    if (const std::string problem = ShapeProblem(shape_); !problem.empty()) {
      throw Error(ErrorKind::kUsage, attempt + "it " + problem);
    }
    if (options_.metadata_json.size() > kMaxMetadataBytes) {
      throw Error(ErrorKind::kUsage, attempt + "its metadata takes more than " +
                                         std::to_string(kMaxMetadataBytes) + " bytes");
    }
    if (options_.training_state.size() > kMaxTrainingStateBytes) {
      throw Error(ErrorKind::kInternal, attempt + "its training state is too long");
    }
    if (options_.document_settings.size() > kMaxDocumentSettingsBytes ||
        (options_.texts != nullptr && options_.texts->text_count() != shape_.row_count)) {
      throw Error(ErrorKind::kInternal, attempt + "its texts do not fit its rows");
    }
    CheckEarlierRows();
    if (table_.subwords) CheckSubwordTable(*table_.subwords, shape_.dimension, path_);
    CheckMatrix(table_.word_rows, shape_.dimension, "own row");
    CheckMatrix(table_.output_rows, shape_.dimension, "output row");
    const std::uint64_t glove_floats = GloveRowFloats(shape_.dimension);
    CheckMatrix(table_.glove_word_rows, glove_floats, "GloVe word row");
    CheckMatrix(table_.glove_context_rows, glove_floats, "GloVe context row");
    row_scales_.reserve(shape_.row_count);
    for (WordId id = 0; id < shape_.row_count; ++id) {
      if (id < earlier_count_) {
        const bool has_scale = shape_.precision != Precision::kFloat32;
        row_scales_.push_back(has_scale ? options_.earlier_rows->RowScale(id) : 0);
        continue;
      }
      const std::span<const float> row = table_.rows.Row(id - earlier_count_);
      if (!AllFinite(row)) {
        throw Error(ErrorKind::kDamaged, attempt + "the vector of '" +
                                             std::string(table_.vocabulary.Word(id)) +
                                             "' holds a value that is not a finite number");
      }
      row_scales_.push_back(RowScale(row));
    }
  }

  void CheckEarlierRows() const {
    if (options_.earlier_rows == nullptr) return;
    if (options_.earlier_rows->precision() == shape_.precision &&
        options_.earlier_rows->dimension() == shape_.dimension) {
      return;
    }
    throw Error(ErrorKind::kInternal, "rows of another shape cannot come before a table's");
  }

  void CheckMatrix(const AlignedMatrix& matrix, std::uint64_t width,
                   const std::string& what) const {
    if (matrix.row_count() == 0) return;
    const std::string attempt = "cannot write '" + path_ + "': ";
    if (matrix.row_count() != shape_.row_count || matrix.dimension() != width) {
      throw Error(ErrorKind::kInternal, attempt + "not every word has the " + what);
    }
    for (WordId id = 0; id < shape_.row_count; ++id) {
      if (AllFinite(matrix.Row(id))) continue;
      throw Error(ErrorKind::kDamaged, attempt + "the " + what + " of '" +
                                           std::string(table_.vocabulary.Word(id)) +
                                           "' holds a value that is not a finite number");
    }
  }

  void AddShape() {
    std::vector<std::byte> shape(kShapeBytes);
    Store(std::span(shape), 0, shape_.row_count);
    Store(std::span(shape), 8, shape_.dimension);
    Store(std::span(shape), 16, static_cast<std::uint32_t>(shape_.precision));
    sections_.AddRaw(SectionKind::kShape, shape);
  }

  void AddWords() {
    const BuiltWordSections built = BuildWordSections(table_.vocabulary, path_);
    sections_.AddRaw(SectionKind::kWordBlocks, std::as_bytes(std::span(built.word_blocks)));
    sections_.AddRaw(SectionKind::kWords, built.words);
    sections_.AddRaw(SectionKind::kBucketStarts, std::as_bytes(std::span(built.bucket_starts)));
    sections_.AddRaw(SectionKind::kBucketWords, std::as_bytes(std::span(built.bucket_words)));
  }

  void Quantize(std::size_t row, std::span<std::int8_t> high, std::span<std::int8_t> low) const {
    if (row < earlier_count_) {
      return options_.earlier_rows->CopyPlanes(static_cast<WordId>(row), high, low);
    }
    const std::span<const float> values = table_.rows.Row(row - earlier_count_);
    switch (shape_.precision) {
      case Precision::kInt8:
        return QuantizeHigh(values, row_scales_[row], high);
      case Precision::kTwoPlane:
        return QuantizeTwoPlane(values, row_scales_[row], high, low);
      case Precision::kFloat32:
        // No scale is kept, so that even the tiniest rows have their direction.
        return QuantizeHigh(values, ExactRowScale(values), high);
    }
  }

  void AddScanPlane() {
    const std::size_t dimension = shape_.dimension;
    ScanPlane block;
    block.row_count = ScanPlane::kRowsPerBlock;
    block.dimension = dimension;
    std::vector<std::byte> bytes(block.byte_count());
    std::vector<std::int8_t> high(dimension);
    std::vector<std::int8_t> low(dimension);
    std::vector<std::uint16_t> cosine_factors;
    sections_.Begin(SectionKind::kScanPlane);
    for (std::size_t first = 0; first < shape_.row_count; first += ScanPlane::kRowsPerBlock) {
      std::fill(bytes.begin(), bytes.end(), std::byte{ScanPlane::kZero});
      const std::size_t count = std::min(ScanPlane::kRowsPerBlock, shape_.row_count - first);
      for (std::size_t row = 0; row < count; ++row) {
        Quantize(first + row, high, low);
        for (std::size_t column = 0; column < dimension; ++column) {
          bytes[block.Offset(row, column)] =
              static_cast<std::byte>(high[column] + ScanPlane::kZero);
        }
        cosine_factors.push_back(CosineFactor(high));
      }
      sections_.Append(bytes);
    }
    sections_.End();
    cosine_factors.resize(*ExactRawLength(SectionKind::kCosineFactors, shape_) /
                          sizeof(std::uint16_t));
    sections_.AddRaw(SectionKind::kCosineFactors, std::as_bytes(std::span(cosine_factors)));
  }

  void AddLowPlane() {
    std::vector<std::int8_t> high(shape_.dimension);
    std::vector<std::int8_t> low(shape_.dimension);
    sections_.Begin(SectionKind::kLowPlane);
    for (std::size_t row = 0; row < shape_.row_count; ++row) {
      Quantize(row, high, low);
      sections_.Append(std::as_bytes(std::span(low)));
    }
    sections_.End();
  }

  void AddFloatRows() {
    std::vector<float> values(shape_.dimension);
    sections_.Begin(SectionKind::kFloatRows);
    for (std::size_t row = 0; row < shape_.row_count; ++row) {
      std::span<const float> stored = values;
      if (row < earlier_count_) {
        options_.earlier_rows->CopyRow(static_cast<WordId>(row), values);
      } else {
        stored = table_.rows.Row(row - earlier_count_);
      }
      sections_.Append(std::as_bytes(stored));
    }
    sections_.End();
  }

  // As float32, where the table has it.
  void AddMatrix(SectionKind kind, const AlignedMatrix& matrix) {
    if (matrix.row_count() == 0) return;
    sections_.Begin(kind);
    for (std::size_t row = 0; row < matrix.row_count(); ++row) {
      sections_.Append(std::as_bytes(matrix.Row(row)));
    }
    sections_.End();
  }

  void AddCounts() {
    std::vector<std::uint64_t> counts(shape_.row_count);
    for (WordId id = 0; id < counts.size(); ++id) counts[id] = table_.vocabulary.Count(id);
    sections_.AddCompressed(SectionKind::kCounts, std::as_bytes(std::span(counts)));
  }

  void AddDocuments() {
    if (options_.texts != nullptr) {
      sections_.AddRaw(SectionKind::kDocumentFrames, std::as_bytes(options_.texts->entries()));
      sections_.AddRaw(SectionKind::kDocumentTexts, options_.texts->frames());
    }
    if (options_.document_settings.empty()) return;
    sections_.AddCompressed(SectionKind::kDocumentSettings,
                            std::as_bytes(std::span(options_.document_settings)));
  }

  const EmbeddingTable& table_;
  const StoreOptions& options_;
  StoreShape shape_;
  std::size_t earlier_count_;
  bool has_counts_;
  std::string path_;
  SectionWriter sections_;
  std::vector<float> row_scales_;
};

}  // namespace

void WriteStore(AtomicFile& file, const EmbeddingTable& table, const StoreOptions& options) {
  TableWriter(file, table, options).Write();
}

void WriteStoreWithSection(AtomicFile& file, const EmbeddingStore& store, SectionKind kind,
                           std::span<const std::byte> content) {
  const StoreShape shape = store.shape();
  const SectionEntry raw = {.kind = kind,
                            .codec = Codec::kRaw,
                            .critical = false,
                            .offset = 0,
                            .stored_length = content.size(),
                            .raw_length = content.size(),
                            .checksum = 0};
  if (!IsKnownSection(kind) || IsCriticalSection(kind) || !IsAllowed(kind, shape) ||
      !LengthProblem(raw, shape).empty()) {
    throw Error(ErrorKind::kInternal, NameSection(kind) + " can not be put into a store so");
  }
  const bool is_new = std::none_of(store.sections().begin(), store.sections().end(),
                                   [&](const SectionEntry& entry) { return entry.kind == kind; });
  SectionWriter writer(file, store.sections().size() + (is_new ? 1 : 0));
  for (const SectionEntry& entry : store.sections()) {
    if (entry.kind == kind) {
      writer.AddCompressed(kind, content);
    } else {
      writer.AddStored(entry, store.CheckedBytes(entry));
    }
  }
  if (is_new) writer.AddCompressed(kind, content);
  writer.Finish();
}

}  // namespace wordkin
