#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/text/byte_source.h"
#include "common/text/file_bytes.h"

namespace wordkin {

enum class Compression { kNone, kGzip, kZstd };

// Told by the first four bytes of a file.
Compression CompressionOf(std::string_view first_bytes);

// The content of a compressed file of any number of gzip members (RFC 1952; zeros may follow the
// last one) or zstd frames (RFC 8878, skippable ones passed over). Memory does not depend on the
// content; windows above 128 MiB are refused.
//
// Whoever holds all of it in memory calls RefuseSwollen as it grows.
std::unique_ptr<ByteSource> MakeGzipSource(std::unique_ptr<FileBytes> file);
std::unique_ptr<ByteSource> MakeZstdSource(std::unique_ptr<FileBytes> file);

// Throws kDamaged when so much came out of the bytes read of 'path' as only a file made to fill
// memory has it; texts and vectors shrink by 2 to 20 times.
void RefuseSwollen(std::uint64_t unpacked_bytes, const ByteSource& source, const std::string& path);

}  // namespace wordkin
