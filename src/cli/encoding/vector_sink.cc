#include "cli/encoding/vector_sink.h"

#include <array>
#include <charconv>
#include <cstring>
#include <deque>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cli/console.h"
#include "cli/numbers.h"
#include "common/formats/npy_writer.h"
#include "common/store/embedding_table.h"
#include "common/store/store_format.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

using contextual::Pooling;

const char* const kNothingToEncode = "has nothing to encode";

void AppendFloats(std::span<const float> values, char separator, std::string& text) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += separator;
    AppendFloat(values[i], text);
  }
}

class TextLines : public VectorSink {
 public:
  TextLines(Console& console, std::size_t dimension, Pooling pooling)
      : console_(console), dimension_(dimension), names_pieces_(pooling == Pooling::kNone) {}

  std::string Add(const EncodedText& encoded) override {
    std::string text;
    for (std::size_t begin = 0; begin < encoded.vectors.size(); begin += dimension_) {
      if (names_pieces_) text += Printable(encoded.pieces->text.pieces[begin / dimension_]) + " ";
      AppendFloats(encoded.vectors.subspan(begin, dimension_), ' ', text);
      text += '\n';
    }
    if (names_pieces_ || encoded.vectors.empty()) text += '\n';
    console_.Write(text);
    return encoded.vectors.empty() ? kNothingToEncode : "";
  }
  std::string Finish() override { return ""; }

 private:
  Console& console_;
  std::size_t dimension_;
  bool names_pieces_;
};

class JsonLines : public VectorSink {
 public:
  JsonLines(Console& console, std::size_t dimension, Pooling pooling)
      : console_(console), dimension_(dimension), has_several_(pooling == Pooling::kNone) {}

  std::string Add(const EncodedText& encoded) override {
    Json json;
    json["text"] = encoded.text;
    json["tokens"] = encoded.pieces->text.size();
    json["truncated"] = encoded.pieces->is_cut();
    if (encoded.vectors.empty()) {
      json[has_several_ ? "vectors" : "vector"] = nullptr;
      console_.Write(JsonLine(json));
      return kNothingToEncode;
    }
    // Numbers are put in by hand: as doubles of the JSON library they would get 17 digits.
    std::string line = JsonLine(json);
    line.resize(line.rfind('}'));
    line += has_several_ ? ",\"vectors\":[" : ",\"vector\":";
    for (std::size_t begin = 0; begin < encoded.vectors.size(); begin += dimension_) {
      line += begin == 0 ? "[" : ",[";
      AppendFloats(encoded.vectors.subspan(begin, dimension_), ',', line);
      line += ']';
    }
    console_.Write(line + (has_several_ ? "]}\n" : "}\n"));
    return "";
  }
  std::string Finish() override { return ""; }

 private:
  Console& console_;
  std::size_t dimension_;
  bool has_several_;
};

class NpyFile : public VectorSink {
 public:
  NpyFile(const std::string& path, std::size_t dimension, Pooling pooling)
      : file_(path),
        writer_(file_, dimension),
        dimension_(dimension),
        has_several_(pooling == Pooling::kNone) {}

  std::string Add(const EncodedText& encoded) override {
    const bool is_gap = encoded.vectors.empty();
    const std::vector<float> zeros(is_gap && !has_several_ ? dimension_ : 0);
    const std::span<const float> rows = is_gap ? zeros : encoded.vectors;
    writer_.Add(rows);
    rows_ += rows.size() / dimension_;
    if (!is_gap) return "";
    return std::string(kNothingToEncode) +
           (has_several_ ? ": it has no rows" : ": its row is zeros");
  }
  std::string Finish() override {
    writer_.Finish();
    const std::uint64_t size = file_.size();
    file_.Commit();
    return file_.path() + ": " + Counted(rows_, "row", "rows") + " x " +
           std::to_string(dimension_) + ", " + HumanBytes(size);
  }

 private:
  AtomicFile file_;
  NpyWriter writer_;
  std::size_t dimension_;
  bool has_several_;
  std::uint64_t rows_ = 0;
};

class StoreFile : public VectorSink {
 public:
  StoreFile(const std::string& path, std::size_t dimension, Json provenance)
      : file_(path), dimension_(dimension), provenance_(std::move(provenance)) {}

  std::string Add(const EncodedText& encoded) override {
    if (encoded.vectors.empty()) return std::string("is left out: it ") + kNothingToEncode;
    std::string text = RepairUtf8(encoded.text);
    if (text.size() > kMaxWordBytes) {
      return "is left out: it is too long for a word of a store (" + std::to_string(text.size()) +
             " bytes); .npy takes it";
    }
    if (known_.contains(text)) return "is left out: it repeats an earlier one";
    known_.insert(texts_.emplace_back(std::move(text)));
    values_.insert(values_.end(), encoded.vectors.begin(), encoded.vectors.end());
    return "";
  }
  std::string Finish() override {
    if (texts_.empty()) {
      throw Error(ErrorKind::kNotFound, "no text is left for '" + file_.path() + "'");
    }
    std::vector<Vocabulary::Entry> entries;
    for (const std::string& text : texts_) entries.push_back({text, 0});
    EmbeddingTable table;
    table.vocabulary = Vocabulary(entries);
    table.rows = AlignedMatrix(entries.size(), dimension_);
    for (std::size_t row = 0; row < entries.size(); ++row) {
      std::memcpy(table.rows.Row(row).data(), values_.data() + row * dimension_,
                  dimension_ * sizeof(float));
    }
    WriteStore(file_, table, {.metadata_json = JsonLine(provenance_)});
    return file_.path() + ": " + Counted(entries.size(), "text", "texts") + " x " +
           std::to_string(dimension_) + ", " + HumanBytes(file_.size());
  }

 private:
  AtomicFile file_;
  std::size_t dimension_;
  Json provenance_;
  std::deque<std::string> texts_;               // which stay where they are
  std::unordered_set<std::string_view> known_;  // all of them
  std::vector<float> values_;
};

}  // namespace

void AppendFloat(float value, std::string& text) {
  std::array<char, 32> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text.append(digits.data(), result.ptr);
}

std::unique_ptr<VectorSink> TextLinesSink(Console& console, std::size_t dimension,
                                          Pooling pooling) {
  return std::make_unique<TextLines>(console, dimension, pooling);
}

std::unique_ptr<VectorSink> JsonLinesSink(Console& console, std::size_t dimension,
                                          Pooling pooling) {
  return std::make_unique<JsonLines>(console, dimension, pooling);
}

std::unique_ptr<VectorSink> NpySink(const std::string& path, std::size_t dimension,
                                    Pooling pooling) {
  return std::make_unique<NpyFile>(path, dimension, pooling);
}

std::unique_ptr<VectorSink> StoreSink(const std::string& path, std::size_t dimension,
                                      Json provenance) {
  return std::make_unique<StoreFile>(path, dimension, std::move(provenance));
}

}  // namespace wordkin::cli
