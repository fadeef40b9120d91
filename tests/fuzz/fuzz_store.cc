// Opens any bytes as a .kin file and asks all that can be asked; then again with every checksum
// made to fit, which no mutation would ever reach by itself.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"
#include "tests/unit/common/store/store_questions.h"
#include "tests/unit/common/store/store_surgery.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wordkin::AskEverything(wordkin::MemoryFile(data, size).path());
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  wordkin::StoreSurgery surgery({bytes.begin(), bytes.end()});
  surgery.Repair(true);
  wordkin::AskEverything(
      wordkin::MemoryFile(reinterpret_cast<const std::uint8_t*>(surgery.bytes().data()), size)
          .path());
  return 0;
}
