#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/formats/safetensors.h"
#include "contextual/checkpoint/model_config.h"

namespace wordkin::contextual {

// Rows of a matrix that stays in its file, read one at a time.
class MappedRows {
 public:
  // 'tensor' has two extents and lives as long as this.
  MappedRows(std::string name, const Tensor& tensor, std::string path)
      : name_(std::move(name)), tensor_(&tensor), path_(std::move(path)) {}

  std::size_t row_count() const { return tensor_->shape[0]; }
  std::size_t dimension() const { return tensor_->shape[1]; }
  // Writes a row's dimension() values. Throws kDamaged when one is NaN or infinite.
  void Read(std::size_t row, std::span<float> values) const;

 private:
  std::string name_;
  const Tensor* tensor_;
  std::string path_;
};

// A folder of Hugging Face's layout: config.json and the weights of model.safetensors.
class Checkpoint {
 public:
  using Shape = std::initializer_list<std::uint64_t>;

  // Throws kInputOutput that names the file that is missing, kDamaged when one is damaged.
  explicit Checkpoint(const std::string& folder);

  const ModelConfig& config() const { return config_; }
  const std::string& folder() const { return folder_; }

  // Names are also found behind 'prefix' from now on ("bert."), which models with a head have.
  void AllowPrefix(const std::string& prefix) { prefix_ = prefix; }
  bool Has(std::string_view name) const;
  // A tensor's name that begins so; "" when none does.
  std::string FirstNamed(const std::string& beginning) const;
  // All values of a tensor as float32. Throws kDamaged when it is missing, of another shape, of a
  // type other than F32, F16 and BF16, or holds NaN or an infinity.
  std::vector<float> Read(const std::string& name, Shape shape) const;
  // The same, where they lie in the file if they can be used there, else in 'converted'.
  std::span<const float> View(const std::string& name, Shape shape,
                              std::vector<float>& converted) const;
  // The same checks but the last, which is left to reading.
  MappedRows Rows(const std::string& name, std::size_t row_count, std::size_t dimension) const;
  // 16 hexadecimal digits by which the weights of two folders can be told apart.
  std::string Fingerprint() const;

 private:
  const Tensor* Find(std::string_view name) const;
  const Tensor& Require(const std::string& name, Shape shape) const;

  std::string folder_;
  ModelConfig config_;
  SafetensorsFile weights_;
  std::string prefix_;
};

}  // namespace wordkin::contextual
