#include "cli/encoding/vector_sink.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
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

namespace wordkin::cli {
namespace {

using contextual::Pooling;

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

  void Add(const EncodedText& encoded) override {
    std::string text;
    for (std::size_t begin = 0; begin < encoded.vectors.size(); begin += dimension_) {
      if (names_pieces_) text += Printable(encoded.pieces->text.pieces[begin / dimension_]) + " ";
      AppendFloats(encoded.vectors.subspan(begin, dimension_), ' ', text);
      text += '\n';
    }
    if (names_pieces_ || encoded.vectors.empty()) text += '\n';
    console_.Write(text);
  }
  bool takes_gaps() const override { return true; }
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

  void Add(const EncodedText& encoded) override {
    Json json;
    json["text"] = encoded.text;
    json["tokens"] = encoded.pieces->text.size();
    json["truncated"] = encoded.pieces->is_cut();
    if (encoded.vectors.empty()) {
      json[has_several_ ? "vectors" : "vector"] = nullptr;
      return console_.Write(JsonLine(json));
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
  }
  bool takes_gaps() const override { return true; }
  std::string Finish() override { return ""; }

 private:
  Console& console_;
  std::size_t dimension_;
  bool has_several_;
};

class NpyFile : public VectorSink {
 public:
  NpyFile(const std::string& path, std::size_t dimension)
      : file_(path), writer_(file_, dimension), dimension_(dimension) {}

  void Add(const EncodedText& encoded) override {
    writer_.Add(encoded.vectors);
    rows_ += encoded.vectors.size() / dimension_;
  }
  bool takes_gaps() const override { return false; }
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
  std::uint64_t rows_ = 0;
};

class StoreFile : public VectorSink {
 public:
  StoreFile(const std::string& path, std::size_t dimension, Json provenance)
      : file_(path), dimension_(dimension), provenance_(std::move(provenance)) {}

  void Add(const EncodedText& encoded) override {
    if (encoded.text.size() > kMaxWordBytes) {
      throw Error(ErrorKind::kUsage, "a text of " + std::to_string(encoded.text.size()) +
                                         " bytes is too long to be a word of a store; write .npy");
    }
    entries_.push_back({std::string(encoded.text), 0});
    values_.insert(values_.end(), encoded.vectors.begin(), encoded.vectors.end());
  }
  bool takes_gaps() const override { return false; }
  std::string Finish() override {
    EmbeddingTable table;
    try {
      table.vocabulary = Vocabulary(entries_);
    } catch (const Error& failure) {
      throw Error(ErrorKind::kUsage, "the texts cannot be the words of a store: " +
                                         std::string(failure.what()) + "; write .npy");
    }
    table.rows = AlignedMatrix(entries_.size(), dimension_);
    for (std::size_t row = 0; row < entries_.size(); ++row) {
      std::memcpy(table.rows.Row(row).data(), values_.data() + row * dimension_,
                  dimension_ * sizeof(float));
    }
    WriteStore(file_, table, {.metadata_json = JsonLine(provenance_)});
    return file_.path() + ": " + Counted(entries_.size(), "text", "texts") + " x " +
           std::to_string(dimension_) + ", " + HumanBytes(file_.size());
  }

 private:
  AtomicFile file_;
  std::size_t dimension_;
  Json provenance_;
  std::vector<Vocabulary::Entry> entries_;
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

std::unique_ptr<VectorSink> NpySink(const std::string& path, std::size_t dimension) {
  return std::make_unique<NpyFile>(path, dimension);
}

std::unique_ptr<VectorSink> StoreSink(const std::string& path, std::size_t dimension,
                                      Json provenance) {
  return std::make_unique<StoreFile>(path, dimension, std::move(provenance));
}

}  // namespace wordkin::cli
