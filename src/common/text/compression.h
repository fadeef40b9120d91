#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/text/decompression.h"

namespace wordkin {

// Compresses a stream into one gzip member or one zstd frame with a checksum; the same bytes for
// the same pieces, whenever it is done.
class Compressor {
 public:
  virtual ~Compressor() = default;
  // Appends to 'output' what is ready of all given so far; everything with 'is_last', after which
  // nothing more comes.
  virtual void Compress(std::string_view bytes, bool is_last, std::string& output) = 0;
};

// nullptr for kNone.
std::unique_ptr<Compressor> MakeCompressor(Compression compression);

// How a file of that name is compressed: by ".gz" or ".zst" at its end.
Compression CompressionForPath(std::string_view path);
// The path without such an ending.
std::string_view WithoutCompression(std::string_view path);

}  // namespace wordkin
