#include "common/store/section_codec.h"

#include <zstd.h>

#include <memory>
#include <new>
#include <string>

#include "common/support/error.h"

namespace wordkin {
namespace {

constexpr int kThoroughLevel = 19;
constexpr int kQuickLevel = 6;
// A second's work at the thorough level.
constexpr std::size_t kThoroughBytes = std::size_t{1} << 20;

}  // namespace

std::optional<std::vector<std::byte>> Compress(std::span<const std::byte> content) {
  const int level = content.size() <= kThoroughBytes ? kThoroughLevel : kQuickLevel;
  std::vector<std::byte> frame(ZSTD_compressBound(content.size()));
  const std::size_t length =
      ZSTD_compress(frame.data(), frame.size(), content.data(), content.size(), level);
  if (ZSTD_isError(length) != 0) {
    throw Error(ErrorKind::kInputOutput,
                std::string("cannot compress a section: ") + ZSTD_getErrorName(length));
  }
  if (length > content.size() - content.size() / 64) return std::nullopt;
  frame.resize(length);
  return frame;
}

std::vector<std::byte> CompressToFrame(std::span<const std::byte> content) {
  struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (context == nullptr) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kQuickLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::vector<std::byte> frame(ZSTD_compressBound(content.size()));
  const std::size_t length =
      ZSTD_compress2(context.get(), frame.data(), frame.size(), content.data(), content.size());
  if (ZSTD_isError(length) != 0) {
    throw Error(ErrorKind::kInputOutput,
                std::string("cannot compress a text: ") + ZSTD_getErrorName(length));
  }
  frame.resize(length);
  return frame;
}

std::optional<std::vector<std::byte>> Decompress(std::span<const std::byte> frame,
                                                 std::uint64_t raw_length) {
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != raw_length ||
      ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) {
    return std::nullopt;
  }
  std::vector<std::byte> content(raw_length);
  const std::size_t length =
      ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
  if (length != raw_length) return std::nullopt;
  return content;
}

}  // namespace wordkin
