#include "contextual/checkpoint/checkpoint.h"

#include <algorithm>
#include <filesystem>

#include "common/math/vector_kernels.h"
#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

Error DamagedTensor(const std::string& path, const std::string& name, const std::string& reason) {
  return {ErrorKind::kDamaged, "cannot use '" + path + "': its tensor '" + name + "' " + reason};
}

void RequireFinite(const std::string& path, const std::string& name,
                   std::span<const float> values) {
  if (!AllFinite(values)) throw DamagedTensor(path, name, "holds NaN or an infinity");
}

// The path of 'name' in 'folder', where it must be.
std::string Member(const std::string& folder, const std::string& name, const std::string& remedy) {
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw Error(ErrorKind::kInputOutput, "cannot open the encoder '" + folder +
                                             "': it is no folder (one with config.json, "
                                             "model.safetensors and a tokenizer's files)");
  }
  if (!std::filesystem::exists(path, ignored)) {
    throw Error(ErrorKind::kInputOutput,
                "cannot open the encoder '" + folder + "': it has no " + name + remedy);
  }
  return path.string();
}

std::string WeightsOf(const std::string& folder) {
  const std::filesystem::path path(folder);
  std::error_code ignored;
  std::string remedy;
  if (std::filesystem::exists(path / "model.safetensors.index.json", ignored)) {
    remedy = "; weights in several files are not read";
  } else if (std::filesystem::exists(path / "pytorch_model.bin", ignored)) {
    remedy = "; pytorch_model.bin can not be read safely, save the model as safetensors";
  } else if (std::filesystem::exists(path / "model.safetensors.zst", ignored)) {
    remedy = "; decompress model.safetensors.zst with 'zstd -d'";
  }
  return Member(folder, "model.safetensors", remedy);
}

}  // namespace

void MappedRows::Read(std::size_t row, std::span<float> values) const {
  ConvertToFloats(*tensor_, row * dimension(), values);
  RequireFinite(path_, name_, values);
}

Checkpoint::Checkpoint(const std::string& folder)
    : folder_(folder), config_(Member(folder, "config.json", "")), weights_(WeightsOf(folder)) {}

const Tensor* Checkpoint::Find(std::string_view name) const {
  const Tensor* const tensor = weights_.Find(name);
  return tensor != nullptr || prefix_.empty() ? tensor : weights_.Find(prefix_ + std::string(name));
}

bool Checkpoint::Has(std::string_view name) const { return Find(name) != nullptr; }

std::string Checkpoint::FirstNamed(const std::string& beginning) const {
  for (const std::string& start : {beginning, prefix_ + beginning}) {
    const auto found = weights_.tensors().lower_bound(start);
    if (found != weights_.tensors().end() && found->first.starts_with(start)) return found->first;
  }
  return "";
}

const Tensor& Checkpoint::Require(const std::string& name, Shape shape) const {
  const Tensor* const tensor = Find(name);
  if (tensor == nullptr) {
    throw Error(ErrorKind::kDamaged, "cannot use '" + weights_.path() + "': it has no tensor '" +
                                         name + "', which " + config_.path() + " promises");
  }
  if (!std::ranges::equal(tensor->shape, shape)) {
    throw DamagedTensor(weights_.path(), name,
                        "has the shape " + Excerpt(ShapeText(tensor->shape)) + ", not " +
                            ShapeText(std::vector<std::uint64_t>(shape)) + " as " + config_.path() +
                            " says");
  }
  if (!HoldsFloats(*tensor)) {
    throw DamagedTensor(
        weights_.path(), name,
        "has the type " + std::string(TensorTypeName(tensor->type)) + ", not F32, F16 or BF16");
  }
  return *tensor;
}

std::vector<float> Checkpoint::Read(const std::string& name, Shape shape) const {
  std::vector<float> values;
  const std::span<const float> view = View(name, shape, values);
  if (values.empty()) values.assign(view.begin(), view.end());
  return values;
}

std::span<const float> Checkpoint::View(const std::string& name, Shape shape,
                                        std::vector<float>& converted) const {
  const Tensor& tensor = Require(name, shape);
  std::size_t count = 1;
  for (const std::uint64_t extent : shape) count *= extent;
  std::span<const float> values;
  if (tensor.type == TensorType::kF32 &&
      reinterpret_cast<std::uintptr_t>(tensor.bytes.data()) % alignof(float) == 0) {
    values = ViewAs<float>(tensor.bytes);
  } else {
    converted.resize(count);
    ConvertToFloats(tensor, 0, converted);
    values = converted;
  }
  RequireFinite(weights_.path(), name, values);
  return values;
}

std::string Checkpoint::Fingerprint() const {
  RunningChecksum checksum;
  for (const auto& [name, tensor] : weights_.tensors()) checksum.Update(tensor.bytes);
  std::string digits;
  for (std::uint64_t rest = checksum.Digest(); digits.size() < 16; rest >>= 4) {
    digits.insert(digits.begin(), "0123456789abcdef"[rest & 15]);
  }
  return digits;
}

MappedRows Checkpoint::Rows(const std::string& name, std::size_t row_count,
                            std::size_t dimension) const {
  return {name, Require(name, {row_count, dimension}), weights_.path()};
}

}  // namespace wordkin::contextual
