#include "common/formats/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "common/formats/parse_json.h"
#include "common/math/half_float.h"
#include "common/store/little_endian.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

using nlohmann::json;

struct TypeRow {
  TensorType type;
  std::string_view name;
  std::uint64_t size;  // bytes a value
};

constexpr std::array kTypes = std::to_array<TypeRow>({
    {TensorType::kBool, "BOOL", 1},
    {TensorType::kU8, "U8", 1},
    {TensorType::kI8, "I8", 1},
    {TensorType::kI16, "I16", 2},
    {TensorType::kI32, "I32", 4},
    {TensorType::kI64, "I64", 8},
    {TensorType::kF16, "F16", 2},
    {TensorType::kBF16, "BF16", 2},
    {TensorType::kF32, "F32", 4},
    {TensorType::kF64, "F64", 8},
});

Error Damaged(const std::string& path, const std::string& reason) {
  return {ErrorKind::kDamaged, "cannot read '" + path + "': " + reason};
}

Error DamagedTensor(const std::string& path, const std::string& name, const std::string& reason) {
  return Damaged(path, "its tensor '" + Excerpt(name) + "' " + reason);
}

constexpr std::size_t kLengthSize = 8;  // of the header's length

// The header's text, whose length is checked.
std::string_view HeaderOf(const MappedFile& file) {
  const std::span<const std::byte> bytes = file.bytes();
  if (bytes.size() < kLengthSize) {
    throw Damaged(file.path(), "it is shorter than a safetensors header (" +
                                   std::to_string(bytes.size()) + " bytes)");
  }
  const auto length = Load<std::uint64_t>(bytes, 0);
  if (length > SafetensorsFile::kLargestHeader) {
    throw Damaged(file.path(), "its header says to be " + std::to_string(length) +
                                   " bytes long, more than safetensors allows: this is another "
                                   "kind of file, or damaged");
  }
  if (length > bytes.size() - kLengthSize) {
    throw Damaged(file.path(), "it ends within its header (" + std::to_string(bytes.size()) +
                                   " bytes, header of " + std::to_string(length) + ")");
  }
  return {reinterpret_cast<const char*>(bytes.data()) + kLengthSize,
          static_cast<std::size_t>(length)};
}

// A list of whole numbers, none negative.
std::vector<std::uint64_t> Numbers(const json& list) {
  std::vector<std::uint64_t> numbers;
  for (const json& each : list.get_ref<const json::array_t&>()) {
    numbers.push_back(each.get_ref<const json::number_unsigned_t&>());
  }
  return numbers;
}

// Bytes that a tensor takes; nothing when they are more than 2^64.
std::optional<std::uint64_t> ByteCount(std::span<const std::uint64_t> shape, std::uint64_t size) {
  std::uint64_t count = size;
  for (const std::uint64_t extent : shape) {
    if (__builtin_mul_overflow(count, extent, &count)) return std::nullopt;
  }
  return count;
}

Tensor ReadEntry(const std::string& path, const std::string& name, const json& entry,
                 std::span<const std::byte> data) {
  try {
    const std::string& type_name = entry.at("dtype").get_ref<const std::string&>();
    const auto* type = std::ranges::find(kTypes, std::string_view(type_name), &TypeRow::name);
    if (type == kTypes.end()) {
      throw DamagedTensor(path, name, "has the unknown type " + QuoteExcerpt(type_name));
    }
    std::vector<std::uint64_t> shape = Numbers(entry.at("shape"));
    const std::vector<std::uint64_t> range = Numbers(entry.at("data_offsets"));
    if (range.size() != 2 || range[0] > range[1] || range[1] > data.size()) {
      throw DamagedTensor(path, name, "lies outside of the file, which is truncated or damaged");
    }
    const std::optional<std::uint64_t> byte_count = ByteCount(shape, type->size);
    if (byte_count != range[1] - range[0]) {
      throw DamagedTensor(path, name,
                          "of shape " + Excerpt(ShapeText(shape)) + " and type " + type_name +
                              " does not take the " + std::to_string(range[1] - range[0]) +
                              " bytes that it is given");
    }
    return {type->type, std::move(shape), data.subspan(range[0], range[1] - range[0])};
  } catch (const json::exception& failure) {
    throw DamagedTensor(
        path, name,
        std::string("is not described as it should be (") + Excerpt(failure.what()) + ")");
  }
}

// No byte belongs to two tensors or to none.
void RequireContiguous(const std::string& path,
                       const std::map<std::string, Tensor, std::less<>>& tensors,
                       std::span<const std::byte> data) {
  std::vector<std::pair<const std::string*, const Tensor*>> order;
  for (const auto& each : tensors) order.emplace_back(&each.first, &each.second);
  std::ranges::sort(order, {}, [](const auto& each) {
    return std::pair(each.second->bytes.data(), each.second->bytes.size());
  });
  const std::byte* end = data.data();
  for (const auto& [name, tensor] : order) {
    if (tensor->bytes.data() != end) {
      throw DamagedTensor(path, *name,
                          tensor->bytes.data() < end
                              ? "overlaps another tensor"
                              : "leaves bytes before it that belong to no tensor");
    }
    end += tensor->bytes.size();
  }
  if (end != data.data() + data.size()) {
    throw Damaged(path, "bytes at its end belong to no tensor");
  }
}

}  // namespace

std::string_view TensorTypeName(TensorType type) {
  return std::ranges::find(kTypes, type, &TypeRow::type)->name;
}

std::string ShapeText(std::span<const std::uint64_t> shape) {
  std::string text = "(";
  for (const std::uint64_t extent : shape) {
    if (text.size() > 1) text += " x ";
    text += std::to_string(extent);
  }
  return text + ")";
}

SafetensorsFile::SafetensorsFile(const std::string& path) : file_(path) {
  const std::string_view header = HeaderOf(file_);
  const std::span<const std::byte> data = file_.bytes().subspan(kLengthSize + header.size());
  const json entries = ParseForeignJson(header, "the header of '" + path + "'");
  if (!entries.is_object()) throw Damaged(path, "its header is no JSON object");
  for (const auto& [name, entry] : entries.items()) {
    if (name != "__metadata__") tensors_.emplace(name, ReadEntry(path, name, entry, data));
  }
  RequireContiguous(path, tensors_, data);
}

const Tensor* SafetensorsFile::Find(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

bool HoldsFloats(const Tensor& tensor) {
  return tensor.type == TensorType::kF32 || tensor.type == TensorType::kF16 ||
         tensor.type == TensorType::kBF16;
}

void ConvertToFloats(const Tensor& tensor, std::size_t first, std::span<float> values) {
  if (values.empty()) return;  // neither side need have an address
  if (tensor.type == TensorType::kF32) {
    std::memcpy(values.data(), tensor.bytes.data() + first * sizeof(float), values.size_bytes());
    return;
  }
  const std::byte* from = tensor.bytes.data() + first * sizeof(std::uint16_t);
  for (float& value : values) {
    const auto half = Load<std::uint16_t>({from, sizeof(std::uint16_t)}, 0);
    from += sizeof(half);
    value = tensor.type == TensorType::kF16 ? HalfToFloat(half)
                                            : std::bit_cast<float>(std::uint32_t{half} << 16);
  }
}

}  // namespace wordkin
