#include "common/text/byte_source.h"

#include <array>
#include <cstring>
#include <utility>

#include "common/text/decompression.h"
#include "common/text/file_bytes.h"

namespace wordkin {
namespace {

// Enough for the magic numbers of gzip and zstd.
constexpr std::size_t kMagicBytes = 4;

}  // namespace

std::unique_ptr<ByteSource> OpenByteSource(const std::string& path) {
  auto file = std::make_unique<FileBytes>(path);
  std::array<char, kMagicBytes> magic{};
  const std::size_t present = file->Peek(magic);
  switch (CompressionOf({magic.data(), present})) {
    case Compression::kGzip:
      return MakeGzipSource(std::move(file));
    case Compression::kZstd:
      return MakeZstdSource(std::move(file));
    case Compression::kNone:
      break;
  }
  return file;
}

}  // namespace wordkin
