#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "common/formats/safetensors_header.h"
#include "common/formats/tensor.h"
#include "common/support/mapped_file.h"

namespace wordkin {

// The tensors of a safetensors file's whole bytes. Throws kDamaged as SafetensorsFile does.
NamedTensors ParseSafetensors(std::span<const std::byte> bytes, const std::string& path);

// A safetensors file, mapped: 8 bytes for the length of a JSON header, the header, the tensors'
// bytes. All of the file is accounted for. Tensors are valid while it lives.
class SafetensorsFile {
 public:
  static constexpr std::uint64_t kLargestHeader = 100'000'000;  // bytes, as the format demands

  // Throws kInputOutput when 'path' cannot be opened, kDamaged when its header is too long or no
  // such header, when a tensor's bytes do not fit its shape, overlap others' or leave a hole.
  explicit SafetensorsFile(const std::string& path);

  const NamedTensors& tensors() const { return tensors_; }
  // nullptr when there is none.
  const Tensor* Find(std::string_view name) const;
  const std::string& path() const { return file_.path(); }

 private:
  MappedFile file_;
  NamedTensors tensors_;
};

}  // namespace wordkin
