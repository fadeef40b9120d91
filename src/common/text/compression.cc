#include "common/text/compression.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>
#include <vector>

namespace wordkin {
namespace {

constexpr std::size_t kCompressedBytes = 1 << 17;
constexpr std::string_view kGzipEnding = ".gz";
constexpr std::string_view kZstdEnding = ".zst";

class GzipCompressor : public Compressor {
 public:
  GzipCompressor() : buffer_(kCompressedBytes) {
    constexpr int kGzipHeader = 16;
    constexpr int kMemoryLevel = 8;
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzipHeader,
                     kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }
  GzipCompressor(const GzipCompressor&) = delete;
  GzipCompressor& operator=(const GzipCompressor&) = delete;

  void Compress(std::string_view bytes, bool is_last, std::string& output) override {
    // Both counts of zlib are 32 bits wide.
    constexpr std::size_t kLargestPiece = 1u << 30;
    do {
      const std::string_view piece = bytes.substr(0, kLargestPiece);
      bytes.remove_prefix(piece.size());
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      const int flush = is_last && bytes.empty() ? Z_FINISH : Z_NO_FLUSH;
      do {
        stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
        stream_.avail_out = static_cast<uInt>(buffer_.size());
        deflate(&stream_, flush);
        output.append(buffer_.data(), buffer_.size() - stream_.avail_out);
      } while (stream_.avail_out == 0);
    } while (!bytes.empty());
  }

 private:
  std::vector<char> buffer_;
  z_stream stream_ = {};
};

class ZstdCompressor : public Compressor {
 public:
  ZstdCompressor() : buffer_(kCompressedBytes) {
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void Compress(std::string_view bytes, bool is_last, std::string& output) override {
    ZSTD_inBuffer input = {bytes.data(), bytes.size(), 0};
    const ZSTD_EndDirective directive = is_last ? ZSTD_e_end : ZSTD_e_continue;
    std::size_t left = 0;
    do {
      ZSTD_outBuffer piece = {buffer_.data(), buffer_.size(), 0};
      left = ZSTD_compressStream2(context_.get(), &piece, &input, directive);
      if (ZSTD_isError(left)) throw std::bad_alloc();  // the only reason there is for it
      output.append(buffer_.data(), piece.pos);
    } while (is_last ? left != 0 : input.pos != input.size);
  }

 private:
  struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };

  std::vector<char> buffer_;
  std::unique_ptr<ZSTD_CCtx, FreeContext> context_{ZSTD_createCCtx()};
};

}  // namespace

std::unique_ptr<Compressor> MakeCompressor(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return std::make_unique<GzipCompressor>();
    case Compression::kZstd:
      return std::make_unique<ZstdCompressor>();
    case Compression::kNone:
      break;
  }
  return nullptr;
}

Compression CompressionForPath(std::string_view path) {
  if (path.ends_with(kGzipEnding)) return Compression::kGzip;
  return path.ends_with(kZstdEnding) ? Compression::kZstd : Compression::kNone;
}

std::string_view WithoutCompression(std::string_view path) {
  for (const std::string_view ending : {kGzipEnding, kZstdEnding}) {
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  }
  return path;
}

}  // namespace wordkin
