#include "common/formats/safetensors_header.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "common/formats/json_guard.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

using nlohmann::json;
using Numbers = std::vector<std::uint64_t>;

// Bytes that a tensor takes; nothing when they are 2^64 or more.
std::optional<std::uint64_t> ByteCount(std::span<const std::uint64_t> shape, std::uint64_t size) {
  std::uint64_t count = size;
  for (const std::uint64_t extent : shape) {
    if (__builtin_mul_overflow(count, extent, &count)) return std::nullopt;
  }
  return count;
}

// Follows nlohmann's SAX events: {"NAME":{"dtype":TEXT,"shape":[N,...],"data_offsets":[N,N]},...}.
// Other fields and all of "__metadata__" are passed over.
class HeaderReader {
 public:
  HeaderReader(std::span<const std::byte> data, const std::string& path)
      : data_(data), path_(path), source_("the header of '" + path + "'"), guard_(source_) {}

  NamedTensors Take() { return std::move(tensors_); }

  // What nlohmann calls.
  bool null() { return Other(); }
  bool boolean(bool) { return Other(); }
  bool number_integer(std::int64_t) { return Other(); }
  bool number_unsigned(std::uint64_t number);
  bool number_float(double, const std::string&) { return Other(); }
  bool string(std::string& text);
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t);
  bool key(std::string& text);
  bool end_object();
  bool start_array(std::size_t);
  bool end_array();
  bool parse_error(std::size_t, const std::string&, const json::exception& failure) {
    throw UnreadableJson(source_, failure);
  }

 private:
  enum class Field { kOther, kType, kShape, kRange };
  struct Entry {
    std::optional<std::string> type;
    std::optional<Numbers> shape, range;
  };

  static Field FieldOf(std::string_view key);
  static std::string NameOf(Field field);

  [[noreturn]] void Refuse(const std::string& reason) const {
    throw Error(ErrorKind::kDamaged,
                "cannot read '" + path_ + "': its tensor '" + Excerpt(name_) + "' " + reason);
  }
  [[noreturn]] void RefuseDescription(const std::string& reason) const {
    Refuse("is not described as it should be: " + reason);
  }
  template <typename Value>
  const Value& Require(const std::optional<Value>& value, Field field) const {
    if (!value) RefuseDescription("it has no " + NameOf(field));
    return *value;
  }
  bool IsAtField() const { return is_in_entry_ && depth_ == kFieldDepth; }
  bool Other() const;
  Tensor MakeTensor() const;

  static constexpr int kNameDepth = 1, kFieldDepth = 2;  // objects and lists that are open there

  std::span<const std::byte> data_;
  const std::string& path_;
  std::string source_;
  JsonGuard guard_;
  NamedTensors tensors_;
  int depth_ = 0;
  std::string name_;
  bool is_in_entry_ = false;
  Entry entry_;
  Field field_ = Field::kOther;
  Numbers* list_ = nullptr;  // of the entry, while it is open
};

HeaderReader::Field HeaderReader::FieldOf(std::string_view key) {
  if (key == "dtype") return Field::kType;
  if (key == "shape") return Field::kShape;
  if (key == "data_offsets") return Field::kRange;
  return Field::kOther;
}

std::string HeaderReader::NameOf(Field field) {
  return field == Field::kType ? "'dtype'" : field == Field::kShape ? "'shape'" : "'data_offsets'";
}

// A value that is none of those that a tensor's description has, where it stands now.
bool HeaderReader::Other() const {
  if (depth_ == 0) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + path_ + "': its header is no JSON object");
  }
  if (depth_ == kNameDepth && name_ != "__metadata__") RefuseDescription("it is no JSON object");
  if (list_ != nullptr || (IsAtField() && field_ != Field::kOther)) {
    RefuseDescription("its " + NameOf(field_) + " is no " +
                      (field_ == Field::kType ? "text" : "list of whole numbers"));
  }
  return true;
}

bool HeaderReader::number_unsigned(std::uint64_t number) {
  if (list_ == nullptr) return Other();
  if (list_->size() == kMostExtents) {
    RefuseDescription("its " + NameOf(field_) + " has more than " + std::to_string(kMostExtents) +
                      " numbers");
  }
  list_->push_back(number);
  return true;
}

bool HeaderReader::string(std::string& text) {
  if (!IsAtField() || field_ != Field::kType) return Other();
  entry_.type = text;
  return true;
}

bool HeaderReader::start_object(std::size_t) {
  guard_.StartObject();
  if (depth_ > kNameDepth) Other();
  if (depth_ == kNameDepth && name_ != "__metadata__") {
    is_in_entry_ = true;
    entry_ = {};
  }
  ++depth_;
  return true;
}

bool HeaderReader::key(std::string& text) {
  guard_.Key(text);
  if (depth_ == kNameDepth) name_ = text;
  if (IsAtField()) field_ = FieldOf(text);
  return true;
}

bool HeaderReader::end_object() {
  guard_.EndObject();
  if (IsAtField()) {
    tensors_.emplace(name_, MakeTensor());
    is_in_entry_ = false;
  }
  --depth_;
  return true;
}

bool HeaderReader::start_array(std::size_t) {
  guard_.StartArray();
  if (IsAtField() && (field_ == Field::kShape || field_ == Field::kRange)) {
    list_ = &(field_ == Field::kShape ? entry_.shape : entry_.range).emplace();
  } else {
    Other();
  }
  ++depth_;
  return true;
}

bool HeaderReader::end_array() {
  guard_.EndArray();
  list_ = nullptr;
  --depth_;
  return true;
}

Tensor HeaderReader::MakeTensor() const {
  const std::string& type_name = Require(entry_.type, Field::kType);
  const Numbers& shape = Require(entry_.shape, Field::kShape);
  const Numbers& range = Require(entry_.range, Field::kRange);
  const std::optional<TensorType> type = FindTensorType(type_name);
  if (!type) Refuse("has the unknown type " + QuoteExcerpt(type_name));
  if (range.size() != 2 || range[0] > range[1] || range[1] > data_.size()) {
    Refuse("lies outside of the file, which is truncated or damaged");
  }
  const std::uint64_t given = range[1] - range[0];
  if (ByteCount(shape, TensorTypeSize(*type)) != given) {
    Refuse("of shape " + Excerpt(ShapeText(shape)) + " and type " + type_name +
           " does not take the " + std::to_string(given) + " bytes that it is given");
  }
  return {*type, shape, data_.subspan(range[0], given)};
}

}  // namespace

NamedTensors ParseSafetensorsHeader(std::string_view header, std::span<const std::byte> data,
                                    const std::string& path) {
  HeaderReader reader(data, path);
  json::sax_parse(header.data(), header.data() + header.size(), &reader);
  return reader.Take();
}

}  // namespace wordkin
