#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "common/formats/fasttext_bin.h"
#include "common/formats/fasttext_layout.h"
#include "common/formats/foreign_rows.h"
#include "common/math/vector_kernels.h"
#include "common/store/store_format.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie");

// The least that a word takes: a letter, its end, a count and a type.
constexpr std::size_t kFewestWordBytes = 1 + 1 + sizeof(std::int64_t) + 1;

class FastTextReader {
 public:
  FastTextReader(std::string_view bytes, const FaultLog& log)
      : path_(log.path()), bytes_(bytes), log_(log) {}

  EmbeddingTable Read() {
    ReadHead();
    CheckModel();
    CheckSubwords();
    EmbeddingTable table{.vocabulary = ReadWords(), .rows = {}};
    ReadInput(table);
    table.output_rows = ReadMatrix("output", words());
    table.word_rows = InOrder(std::move(table.word_rows), order_);
    table.output_rows = InOrder(std::move(table.output_rows), order_);
    if (HasTurnedOutputs(head_)) TurnSigns(table.output_rows);
    if (position_ != bytes_.size()) throw Damaged("the file goes on after its last matrix");
    ComposeRows(table);
    VisitSettings(head_, [&](const char* name, auto value) {
      table.settings[name] = static_cast<double>(value);
    });
    return table;
  }

 private:
  std::size_t words() const { return static_cast<std::size_t>(head_.word_count); }
  std::size_t dimension() const { return static_cast<std::size_t>(head_.dimension); }
  bool has_subwords() const { return head_.maximum_length > 0; }

  Error Damaged(const std::string& reason) const {
    return DamagedAt(path_, "byte", position_, reason);
  }
  // Whole, but nothing that can be read here.
  Error Refused(const std::string& reason) const {
    return Error(ErrorKind::kDamaged, "cannot read '" + path_ + "': " + reason);
  }

  template <typename Value>
  Value Take() {
    Value value;
    if (bytes_.size() - position_ < sizeof(value)) throw Damaged("the file ends too early");
    std::memcpy(&value, bytes_.data() + position_, sizeof(value));
    position_ += sizeof(value);
    return value;
  }

  void ReadHead() {
    if (Take<std::int32_t>() != kFastTextMagic) {
      throw Refused("it does not begin as a .bin file of fastText");
    }
    const auto version = Take<std::int32_t>();
    if (version != kFastTextVersion && version != kOldFastTextVersion) {
      throw Refused("it is of fastText's format " + std::to_string(version) +
                    "; formats 11 and 12 are known here");
    }
    VisitFields(head_, [&](auto& field) { field = Take<std::decay_t<decltype(field)>>(); });
  }

  void CheckModel() const {
    if (head_.model == static_cast<std::int32_t>(FastTextModel::kSupervised)) {
      throw Refused(
          "it is a supervised model of fastText, a classifier of texts; only models of skipgram "
          "and "
          "cbow can be read");
    }
    if (head_.pruned_count >= 0) {
      throw Refused("it is a pruned model of fastText; convert the model it was made from");
    }
    if (head_.model < 1 || head_.model > 3 || head_.loss < 1 || head_.loss > 4) {
      throw Damaged("its model or loss is none that fastText has");
    }
    if (head_.dimension < 1 || static_cast<std::uint64_t>(head_.dimension) > kMaxDimension) {
      throw Damaged("it has " + std::to_string(head_.dimension) + " dimensions, not 1 to " +
                    std::to_string(kMaxDimension));
    }
    if (head_.label_count != 0) {
      throw Refused("it holds labels ('__label__...'), which have no vectors here; train without");
    }
    if (head_.entry_count < 1 || head_.word_count != head_.entry_count) {
      throw Damaged("it has " + std::to_string(head_.word_count) + " words among " +
                    std::to_string(head_.entry_count) + " entries");
    }
    if (!std::isfinite(head_.subsample)) throw Damaged("its subsampling threshold is not finite");
    constexpr std::int64_t kMostTokens = std::int64_t{1} << 53;
    if (head_.token_count < 0 || head_.token_count > kMostTokens) {
      throw Damaged("it has " + std::to_string(head_.token_count) + " tokens");
    }
  }

  void CheckSubwords() {
    if (!has_subwords()) {
      if (head_.bucket_count == 0) return;
      throw Refused("it has " + std::to_string(head_.bucket_count) +
                    " buckets but no n-grams of characters: n-grams of words have no place in a "
                    ".kin file");
    }
    options_ = {.hash = SubwordHash::kFastText,
                // fastText takes 0 for 1.
                .minimum_length = static_cast<std::uint32_t>(std::max(head_.minimum_length, 1)),
                .maximum_length = static_cast<std::uint32_t>(head_.maximum_length),
                .bucket_count = static_cast<std::uint32_t>(head_.bucket_count),
                .hash_count = 1};
    try {
      CheckSubwordOptions(options_);
    } catch (const Error&) {
      throw Damaged("its n-grams of " + std::to_string(head_.minimum_length) + " to " +
                    std::to_string(head_.maximum_length) + " characters in " +
                    std::to_string(head_.bucket_count) + " buckets can not be");
    }
  }

  Vocabulary ReadWords() {
    if (words() > (bytes_.size() - position_) / kFewestWordBytes) {
      throw Damaged("the file has no room for its " + std::to_string(words()) + " words");
    }
    ForeignRows found;
    found.words.reserve(words());
    found.positions.reserve(words());
    found.counts.reserve(words());
    for (std::size_t i = 0; i < words(); ++i) {
      const std::size_t start = position_;
      const std::size_t end = bytes_.find('\0', start);
      if (end == std::string_view::npos) throw Damaged("the word does not end");
      position_ = end + 1;
      const auto count = Take<std::int64_t>();
      if (count < 0) throw Damaged("a word's count is negative");
      if (Take<std::uint8_t>() != 0) throw Damaged("an entry is no word");
      found.words.push_back(bytes_.substr(start, end - start));
      found.positions.push_back(start);
      found.counts.push_back(static_cast<std::uint64_t>(count));
      log_.CheckWord(found.words.back(), start);
    }
    order_ = OrderByCount(found, log_);
    if (!order_.empty() && HasTurnedOutputs(head_)) {
      throw Refused(
          "its words do not lie by falling counts, by which hierarchical softmax numbers what it "
          "learns");
    }
    return BuildVocabulary(found, log_);
  }

  // The flag and the shape before a matrix; then its values lie at position_.
  void ReadMatrixHead(const std::string& name, std::uint64_t row_count) {
    if (Take<std::uint8_t>() != 0) {
      throw Refused("its " + name +
                    " matrix is quantised (.ftz); convert the .bin file it was made "
                    "from");
    }
    const auto rows = Take<std::int64_t>();
    const auto columns = Take<std::int64_t>();
    if (rows < 0 || static_cast<std::uint64_t>(rows) != row_count || columns != head_.dimension) {
      throw Damaged("its " + name + " matrix is " + std::to_string(rows) + " x " +
                    std::to_string(columns) + ", not " + std::to_string(row_count) + " x " +
                    std::to_string(head_.dimension));
    }
    if (row_count > (bytes_.size() - position_) / (dimension() * sizeof(float))) {
      throw Damaged("the file ends within its " + name + " matrix");
    }
  }

  AlignedMatrix ReadRows(std::size_t row_count) {
    AlignedMatrix rows(row_count, dimension());
    for (std::size_t row = 0; row < row_count; ++row) {
      const std::span<float> values = rows.Row(row);
      std::memcpy(values.data(), bytes_.data() + position_, values.size_bytes());
      if (!AllFinite(values)) throw Damaged("a value of the row is not finite");
      position_ += values.size_bytes();
    }
    return rows;
  }

  AlignedMatrix ReadMatrix(const std::string& name, std::size_t row_count) {
    ReadMatrixHead(name, row_count);
    return ReadRows(row_count);
  }

  static void TurnSigns(AlignedMatrix& rows) {
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      for (float& value : rows.Row(row)) value = -value;
    }
  }

  // Words' own rows, then those of all buckets.
  void ReadInput(EmbeddingTable& table) {
    const std::size_t bucket_count = has_subwords() ? options_.bucket_count : 0;
    ReadMatrixHead("input", words() + bucket_count);
    table.word_rows = ReadRows(words());
    if (!has_subwords()) return;
    table.subwords =
        SubwordTable{options_, std::vector<std::uint32_t>(bucket_count), ReadRows(bucket_count)};
    for (std::uint32_t i = 0; i < bucket_count; ++i) table.subwords->buckets[i] = i;
  }

  // The vectors that fastText prints: a word's own row and its n-grams', added in that order.
  void ComposeRows(EmbeddingTable& table) const {
    if (!has_subwords()) {
      table.rows = std::exchange(table.word_rows, {});
      return;
    }
    table.rows = AlignedMatrix(words(), dimension());
    std::vector<std::uint32_t> buckets;
    for (WordId id = 0; id < words(); ++id) {
      const std::span<float> row = table.rows.Row(id);
      AddScaled(row, 1.0f, table.word_rows.Row(id));
      buckets.clear();
      AppendBuckets(table.vocabulary.Word(id), options_, buckets);
      for (const std::uint32_t bucket : buckets) {
        AddScaled(row, 1.0f, table.subwords->rows.Row(bucket));
      }
      const auto factor = static_cast<float>(1.0 / static_cast<double>(1 + buckets.size()));
      for (float& value : row) value *= factor;
      // Values near the end of float's range only.
      if (!AllFinite(row)) throw Refused("rows of a word and its n-grams add up to infinity");
    }
  }

  const std::string& path_;
  std::string_view bytes_;
  const FaultLog& log_;
  std::size_t position_ = 0;
  FastTextHead head_;
  SubwordOptions options_;
  std::vector<std::size_t> order_;  // of the words by falling counts; empty: the file's
};

}  // namespace

bool LooksLikeFastTextBinary(std::string_view first_bytes) {
  std::int32_t magic = 0;
  if (first_bytes.size() < sizeof(magic)) return false;
  std::memcpy(&magic, first_bytes.data(), sizeof(magic));
  return magic == kFastTextMagic;
}

EmbeddingTable ReadFastTextBinary(const VectorFile& file, const ReadOptions&,
                                  SkippedRows& skipped) {
  // Rows hang together: none can be left out.
  const FaultLog log(file.path(), "byte", FaultPolicy::kRefuse, skipped);
  return FastTextReader(file.text(), log).Read();
}

}  // namespace wordkin
