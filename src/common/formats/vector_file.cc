#include "common/formats/vector_file.h"

#include <algorithm>
#include <memory>
#include <new>

#include "common/support/error.h"
#include "common/text/byte_source.h"
#include "common/text/decompression.h"

namespace wordkin {
namespace {

constexpr std::size_t kUnpackedAtOnce = std::size_t{1} << 20;
constexpr std::size_t kCompressionMagic = 4;

}  // namespace

VectorFile::VectorFile(const std::string& path) : mapped_(path) {
  const std::string_view first_bytes = text().substr(0, kCompressionMagic);
  if (CompressionOf(first_bytes) != Compression::kNone) Unpack();
  if (bytes().empty()) throw Error(ErrorKind::kDamaged, "cannot read '" + path + "': it is empty");
}

void VectorFile::Unpack() {
  is_unpacked_ = true;
  const std::unique_ptr<ByteSource> source = OpenByteSource(path());
  try {
    for (std::size_t count = kUnpackedAtOnce; count == kUnpackedAtOnce; unpacked_.Append(count)) {
      const std::span<std::byte> room = unpacked_.Room(kUnpackedAtOnce);
      count = source->Read({reinterpret_cast<char*>(room.data()), room.size()});
      RefuseSwollen(unpacked_.bytes().size() + count, *source, path());
    }
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::kInputOutput,
                "cannot unpack '" + path() + "': memory for more than its first " +
                    std::to_string(unpacked_.bytes().size() >> 20) + " MB is not to be had");
  }
}

}  // namespace wordkin
