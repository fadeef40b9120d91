// The reader of safetensors either refuses with kDamaged or yields tensors that make up the file.

#include <cstdlib>
#include <cstring>
#include <vector>

#include "common/formats/safetensors.h"
#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"

namespace {

std::uint64_t HeaderBytes(const std::uint8_t* data) {
  std::uint64_t length = 0;
  std::memcpy(&length, data, sizeof(length));
  return sizeof(length) + length;
}

void Check(const wordkin::Tensor& tensor) {
  std::uint64_t count = 1;
  for (const std::uint64_t extent : tensor.shape) count *= extent;
  if (count > 0 && tensor.bytes.size() % count != 0) std::abort();
  if (!wordkin::HoldsFloats(tensor)) return;
  std::vector<float> values(count);
  wordkin::ConvertToFloats(tensor, 0, values);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile input(data, size);
  try {
    const wordkin::SafetensorsFile file(input.path());
    std::uint64_t total = HeaderBytes(data);
    for (const auto& [name, tensor] : file.tensors()) {
      Check(tensor);
      total += tensor.bytes.size();
      if (file.Find(name) != &tensor) std::abort();
    }
    if (total != size) std::abort();
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
    if (std::strlen(error.what()) > 2000) std::abort();
  }
  return 0;
}
