#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/support/mapped_file.h"

namespace wordkin {

enum class TensorType { kBool, kU8, kI8, kI16, kI32, kI64, kF16, kBF16, kF32, kF64 };

// "F32"
std::string_view TensorTypeName(TensorType type);

// Row-major; 'bytes' has what type and shape say, at any alignment, little-endian.
struct Tensor {
  TensorType type;
  std::vector<std::uint64_t> shape;
  std::span<const std::byte> bytes;
};

// "(30522 x 384)"
std::string ShapeText(std::span<const std::uint64_t> shape);

// A safetensors file, mapped: 8 bytes for the length of a JSON header, the header, the tensors'
// bytes. All of the file is accounted for. Tensors are valid while it lives.
class SafetensorsFile {
 public:
  static constexpr std::uint64_t kLargestHeader = 100'000'000;  // bytes, as the format demands

  // Throws kInputOutput when 'path' cannot be opened, kDamaged when its header is too long or no
  // such header, when a tensor's bytes do not fit its shape, overlap others' or leave a hole.
  explicit SafetensorsFile(const std::string& path);

  const std::map<std::string, Tensor, std::less<>>& tensors() const { return tensors_; }
  // nullptr when there is none.
  const Tensor* Find(std::string_view name) const;
  const std::string& path() const { return file_.path(); }

 private:
  MappedFile file_;
  std::map<std::string, Tensor, std::less<>> tensors_;
};

// Converts 'count' values of a kF32, kF16 or kBF16 tensor from 'first' on.
void ConvertToFloats(const Tensor& tensor, std::size_t first, std::span<float> values);
// Whether ConvertToFloats can.
bool HoldsFloats(const Tensor& tensor);

}  // namespace wordkin
