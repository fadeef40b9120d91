// Compressed and plain files yield bytes or are refused with kDamaged, alike for every step.

#include <cstdlib>

#include "common/support/error.h"
#include "common/text/byte_source.h"
#include "tests/fuzz/memory_file.h"

namespace {

// Some kilobytes may stand for any number; what follows would only be more of the same.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

std::string ReadSome(const std::string& path, std::size_t step) {
  std::string text;
  try {
    const auto source = wordkin::OpenByteSource(path);
    std::string buffer(step, '\0');
    while (text.size() < kMostBytes) {
      const std::size_t count = source->Read(buffer);
      if (count > step) std::abort();
      text.append(buffer, 0, count);
      if (count < step) break;
    }
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
    return "refused";
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile file(data, size);
  if (ReadSome(file.path(), 4096) != ReadSome(file.path(), std::size_t{1} << 16)) std::abort();
  return 0;
}
