#include "common/formats/finalfusion.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "common/formats/foreign_rows.h"
#include "common/math/vector_kernels.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

constexpr std::string_view kFinalfusionMagic = "FiFu";
constexpr std::uint32_t kFinalfusionVersion = 0;
constexpr std::uint32_t kFinalfusionFloat32 = 10;

enum class Chunk : std::uint32_t {
  kVocabulary = 1,
  kMatrix = 2,
  kBucketVocabulary = 3,
  kQuantizedMatrix = 4,
  kMetadata = 5,
  kNorms = 6,
  kFastTextVocabulary = 7,
  kExplicitVocabulary = 8,
  kFloretVocabulary = 9,
};

// Takes little-endian numbers off the front of a part of the file.
class FinalfusionCursor {
 public:
  FinalfusionCursor(const VectorFile& file, std::size_t begin, std::size_t end)
      : file_(file), position_(begin), end_(end) {}

  std::size_t position() const { return position_; }
  std::size_t left() const { return end_ - position_; }

  template <typename Value>
  Value Take() {
    Value value;
    std::memcpy(&value, TakeBytes(sizeof(value)).data(), sizeof(value));
    return value;
  }

  std::string_view TakeBytes(std::size_t count) {
    if (count > left()) throw Damaged("it ends too early");
    position_ += count;
    return file_.text().substr(position_ - count, count);
  }

  Error Damaged(const std::string& reason) const {
    return DamagedAt(file_.path(), "byte", position_, reason);
  }

 private:
  const VectorFile& file_;
  std::size_t position_;
  std::size_t end_;
};

class FinalfusionReader {
 public:
  FinalfusionReader(const VectorFile& file, const FaultLog& log) : file_(file), log_(log) {}

  EmbeddingTable Read() {
    ReadChunks();
    if (found_.positions.empty()) throw Refused("it has no vocabulary");
    if (!has_matrix_) throw Refused("it has no matrix");
    MatchRows();
    for (std::size_t row = 0; row < found_.words.size(); ++row) {
      if (found_.words[row].data() == nullptr || AllFinite(found_.rows.Row(row))) continue;
      log_.Row(RowFault::kBadValue, found_.positions[row],
               "a value of the word " + QuoteExcerpt(found_.words[row]) +
                   " is not a finite float32 value");
      found_.words[row] = {};
    }
    return AssembleTable(std::move(found_), log_);
  }

 private:
  Error Refused(const std::string& reason) const {
    return {ErrorKind::kDamaged, "cannot read '" + file_.path() + "': " + reason};
  }

  void ReadChunks() {
    FinalfusionCursor cursor(file_, 0, file_.text().size());
    if (cursor.left() < kFinalfusionMagic.size() ||
        cursor.TakeBytes(kFinalfusionMagic.size()) != kFinalfusionMagic) {
      throw Refused("it does not begin as a file of finalfusion");
    }
    const auto version = cursor.Take<std::uint32_t>();
    if (version != kFinalfusionVersion) {
      throw Refused("it is of finalfusion's version " + std::to_string(version) +
                    "; version 0 is known here");
    }
    // The list of what is to come leaves out the lengths in files of older programs, and each
    // chunk says what it is.
    cursor.TakeBytes(std::uint64_t{cursor.Take<std::uint32_t>()} * sizeof(std::uint32_t));
    while (cursor.left() > 0) {
      const auto kind = cursor.Take<std::uint32_t>();
      const auto length = cursor.Take<std::uint64_t>();
      if (length > cursor.left()) {
        throw cursor.Damaged("a part of " + std::to_string(length) +
                             " bytes begins here, and the file has " +
                             std::to_string(cursor.left()) + " more");
      }
      ReadChunk(static_cast<Chunk>(kind), {file_, cursor.position(), cursor.position() + length});
      cursor.TakeBytes(length);
    }
  }

  void ReadChunk(Chunk kind, FinalfusionCursor cursor) {
    switch (kind) {
      case Chunk::kVocabulary:
        return ReadVocabulary(cursor);
      case Chunk::kMatrix:
        return ReadMatrix(cursor);
      case Chunk::kNorms:
        return ReadNorms(cursor);
      case Chunk::kMetadata:
        return;
      case Chunk::kQuantizedMatrix:
        throw Refused("its matrix is quantised; reconstruct it first (finalfusion reconstruct)");
      case Chunk::kBucketVocabulary:
      case Chunk::kFastTextVocabulary:
      case Chunk::kExplicitVocabulary:
      case Chunk::kFloretVocabulary:
        throw Refused(
            "its vocabulary has subwords, which can be read from fastText's own .bin only; convert "
            "it to word2vec text first (finalfusion convert)");
    }
    throw cursor.Damaged("a part of the unknown kind " +
                         std::to_string(static_cast<std::uint32_t>(kind)));
  }

  void ReadVocabulary(FinalfusionCursor cursor) {
    if (!found_.positions.empty()) throw cursor.Damaged("a second vocabulary begins here");
    const auto count = cursor.Take<std::uint64_t>();
    if (count == 0 || count > cursor.left() / sizeof(std::uint32_t)) {
      throw cursor.Damaged("a vocabulary of " + std::to_string(count) + " words does not fit " +
                           std::to_string(cursor.left()) + " bytes");
    }
    found_.words.reserve(count);
    found_.positions.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      found_.positions.push_back(cursor.position());
      const std::string_view word = cursor.TakeBytes(cursor.Take<std::uint32_t>());
      found_.words.push_back(log_.CheckWord(word, found_.positions.back()) ? word
                                                                           : std::string_view());
    }
    if (cursor.left() > 0) throw cursor.Damaged("the vocabulary goes on after its last word");
  }

  void ReadMatrix(FinalfusionCursor cursor) {
    if (has_matrix_) throw cursor.Damaged("a second matrix begins here");
    const auto row_count = cursor.Take<std::uint64_t>();
    const auto dimension = cursor.Take<std::uint32_t>();
    const auto type = cursor.Take<std::uint32_t>();
    std::uint64_t values = 0;
    const std::string shape = std::to_string(row_count) + " x " + std::to_string(dimension);
    if (type != kFinalfusionFloat32) {
      throw cursor.Damaged("a matrix of " + shape + " values of the type " + std::to_string(type) +
                           "; only float32 (10) is known");
    }
    if (row_count == 0 || dimension == 0 ||
        __builtin_mul_overflow(row_count, std::uint64_t{dimension}, &values)) {
      throw cursor.Damaged("a matrix of " + shape + " values can hold no vectors");
    }
    const std::string_view bytes = TakeFloats(cursor, values);
    found_.rows = AlignedMatrix(row_count, dimension);
    const std::size_t row_bytes = dimension * sizeof(float);
    for (std::size_t row = 0; row < row_count; ++row) {
      std::memcpy(found_.rows.Row(row).data(), bytes.data() + row * row_bytes, row_bytes);
    }
    has_matrix_ = true;
  }

  void ReadNorms(FinalfusionCursor cursor) {
    if (!has_matrix_) throw cursor.Damaged("lengths of rows stand before the rows");
    if (has_norms_) throw cursor.Damaged("lengths of rows stand here a second time");
    const auto count = cursor.Take<std::uint64_t>();
    const auto type = cursor.Take<std::uint32_t>();
    if (type != kFinalfusionFloat32 || count != found_.rows.row_count()) {
      throw cursor.Damaged(std::to_string(count) + " lengths of the type " + std::to_string(type) +
                           " for " + std::to_string(found_.rows.row_count()) + " rows");
    }
    const std::string_view bytes = TakeFloats(cursor, count);
    for (std::size_t row = 0; row < count; ++row) {
      float norm;
      std::memcpy(&norm, bytes.data() + row * sizeof(norm), sizeof(norm));
      for (float& value : found_.rows.Row(row)) value *= norm;
    }
    has_norms_ = true;
  }

  // They end the part; up to four bytes before them align them in the file: that project's own
  // programs put four where none is needed.
  std::string_view TakeFloats(FinalfusionCursor& cursor, std::uint64_t count) const {
    if (count > cursor.left() / sizeof(float)) {
      throw cursor.Damaged("the " + std::to_string(cursor.left()) + " bytes left do not hold " +
                           std::to_string(count) + " values");
    }
    const std::size_t bytes = count * sizeof(float);
    const std::size_t padding = cursor.left() - bytes;
    if (padding > sizeof(float)) throw cursor.Damaged("bytes are left behind the values");
    cursor.TakeBytes(padding);
    return cursor.TakeBytes(bytes);
  }

  void MatchRows() {
    const std::size_t words = found_.words.size();
    const std::size_t rows = found_.rows.row_count();
    if (words == rows) return;
    const std::size_t both = std::min(words, rows);
    log_.RowCount(
        found_.positions[both == words ? both - 1 : both],
        "there are " + std::to_string(rows) + " rows for " + std::to_string(words) + " words");
    found_.words.resize(both);
    found_.positions.resize(both);
    found_.rows.DropRowsFrom(both);
  }

  const VectorFile& file_;
  const FaultLog& log_;
  ForeignRows found_;
  bool has_matrix_ = false;
  bool has_norms_ = false;
};

class FinalfusionWriter {
 public:
  explicit FinalfusionWriter(BufferedOutput& output, const EmbeddingStore& store)
      : output_(output), store_(store), row_(store.dimension()) {}

  void Write() {
    output_.Append(kFinalfusionMagic);
    AppendNumbers({kFinalfusionVersion, 3});
    AppendNumbers({Id(Chunk::kVocabulary), Id(Chunk::kMatrix), Id(Chunk::kNorms)});
    WriteVocabulary();
    WriteMatrix();
    WriteNorms();
    output_.Commit();
  }

 private:
  static std::uint32_t Id(Chunk chunk) { return static_cast<std::uint32_t>(chunk); }

  template <typename Value>
  void Append(Value value) {
    output_.Append({reinterpret_cast<const char*>(&value), sizeof(value)});
  }
  void AppendNumbers(std::initializer_list<std::uint32_t> numbers) {
    for (const std::uint32_t number : numbers) Append(number);
  }

  void WriteVocabulary() {
    std::uint64_t length = sizeof(std::uint64_t);
    for (std::size_t id = 0; id < store_.size(); ++id) {
      length += sizeof(std::uint32_t) + store_.Word(static_cast<WordId>(id)).size();
    }
    Append(Id(Chunk::kVocabulary));
    Append(length);
    Append(std::uint64_t{store_.size()});
    for (std::size_t id = 0; id < store_.size(); ++id) {
      const std::string_view word = store_.Word(static_cast<WordId>(id));
      Append(static_cast<std::uint32_t>(word.size()));
      output_.Append(word);
    }
  }

  // What stands between the head of a part and its values: 1 to 4 bytes, as that project's programs
  // look for them. The head is a multiple of the same four bytes.
  std::string Padding() const {
    constexpr std::size_t kAlignment = sizeof(float);
    return std::string(kAlignment - output_.size() % kAlignment, '\0');
  }

  void WriteMatrix() {
    Append(Id(Chunk::kMatrix));
    const std::string padding = Padding();
    Append(std::uint64_t{16 + padding.size() + store_.size() * store_.dimension() * sizeof(float)});
    Append(std::uint64_t{store_.size()});
    AppendNumbers({static_cast<std::uint32_t>(store_.dimension()), kFinalfusionFloat32});
    output_.Append(padding);
    for (std::size_t id = 0; id < store_.size(); ++id) {
      const double length = CopyRowOfLengthOne(static_cast<WordId>(id));
      norms_.push_back(static_cast<float>(length));
      output_.Append({reinterpret_cast<const char*>(row_.data()), row_.size() * sizeof(float)});
    }
  }

  double CopyRowOfLengthOne(WordId id) {
    store_.CopyRow(id, row_);
    double square = 0;
    for (const float value : row_) square += double{value} * value;
    const double length = std::sqrt(square);
    if (!std::isfinite(static_cast<float>(length))) {
      throw Error(ErrorKind::kUsage, "cannot write '" + output_.path() + "': the row of " +
                                         QuoteExcerpt(store_.Word(id)) +
                                         " is too long for finalfusion, which keeps lengths as "
                                         "float32");
    }
    if (length == 0) return 0;
    for (float& value : row_) value = static_cast<float>(value / length);
    return length;
  }

  void WriteNorms() {
    Append(Id(Chunk::kNorms));
    const std::string padding = Padding();
    Append(std::uint64_t{12 + padding.size() + norms_.size() * sizeof(float)});
    Append(std::uint64_t{norms_.size()});
    Append(kFinalfusionFloat32);
    output_.Append(padding);
    for (const float norm : norms_) Append(norm);
  }

  BufferedOutput& output_;
  const EmbeddingStore& store_;
  std::vector<float> row_;
  std::vector<float> norms_;
};

}  // namespace

bool LooksLikeFinalfusion(std::string_view first_bytes) {
  return first_bytes.starts_with(kFinalfusionMagic);
}

EmbeddingTable ReadFinalfusion(const VectorFile& file, const ReadOptions& options,
                               SkippedRows& skipped) {
  const FaultLog log(file.path(), "byte", options.on_fault, skipped);
  return FinalfusionReader(file, log).Read();
}

void WriteFinalfusion(BufferedOutput& output, const EmbeddingStore& store) {
  FinalfusionWriter(output, store).Write();
}

}  // namespace wordkin
