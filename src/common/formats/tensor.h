#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin {

enum class TensorType { kBool, kU8, kI8, kI16, kI32, kI64, kF16, kBF16, kF32, kF64 };

// "F32"
std::string_view TensorTypeName(TensorType type);
std::optional<TensorType> FindTensorType(std::string_view name);
// Bytes a value.
std::uint64_t TensorTypeSize(TensorType type);

// Row-major; 'bytes' has what type and shape say, at any alignment, little-endian.
struct Tensor {
  TensorType type;
  std::vector<std::uint64_t> shape;
  std::span<const std::byte> bytes;
};

// "(30522 x 384)"
std::string ShapeText(std::span<const std::uint64_t> shape);

// Fills 'values' from those of a kF32, kF16 or kBF16 tensor, the one at 'first' on.
void ConvertToFloats(const Tensor& tensor, std::size_t first, std::span<float> values);
// Whether ConvertToFloats can.
bool HoldsFloats(const Tensor& tensor);

}  // namespace wordkin
