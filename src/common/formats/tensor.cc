#include "common/formats/tensor.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "common/math/half_float.h"
#include "common/store/little_endian.h"

namespace wordkin {
namespace {

struct TypeRow {
  TensorType type;
  std::string_view name;
  std::uint64_t size;
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

const TypeRow& RowOf(TensorType type) { return *std::ranges::find(kTypes, type, &TypeRow::type); }

}  // namespace

std::string_view TensorTypeName(TensorType type) { return RowOf(type).name; }

std::optional<TensorType> FindTensorType(std::string_view name) {
  const auto* const row = std::ranges::find(kTypes, name, &TypeRow::name);
  return row == kTypes.end() ? std::nullopt : std::optional(row->type);
}

std::uint64_t TensorTypeSize(TensorType type) { return RowOf(type).size; }

std::string ShapeText(std::span<const std::uint64_t> shape) {
  std::string text = "(";
  for (const std::uint64_t extent : shape) {
    if (text.size() > 1) text += " x ";
    text += std::to_string(extent);
  }
  return text + ")";
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
