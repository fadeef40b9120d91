#include "common/text/decompression.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"

namespace wordkin {
namespace {

constexpr std::size_t kInputBytes = 1 << 17;

// The compressed bytes still to be read, a buffer at a time.
class CompressedInput {
 public:
  explicit CompressedInput(std::unique_ptr<FileBytes> file)
      : file_(std::move(file)), buffer_(kInputBytes) {}

  // What is at hand; empty at the end of the file only.
  std::span<char> Available() {
    if (available_.empty()) {
      available_ = std::span(buffer_).first(file_->Read(buffer_));
    }
    return available_;
  }
  void Consume(std::size_t count) { available_ = available_.subspan(count); }

  std::uint64_t file_bytes_read() const { return file_->file_bytes_read() - available_.size(); }

  [[noreturn]] void ThrowCut() const {
    throw Error(ErrorKind::kDamaged, "cannot decompress " + file_->name() +
                                         ": it is cut short; fetch or compress it again");
  }
  [[noreturn]] void ThrowDamaged(const std::string& reason) const {
    throw Error(ErrorKind::kDamaged, "cannot decompress " + file_->name() + ": " + reason);
  }

 private:
  std::unique_ptr<FileBytes> file_;
  std::vector<char> buffer_;
  std::span<char> available_;
};

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<FileBytes> file) : input_(std::move(file)) {
    constexpr int kGzipOnly = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::uint64_t file_bytes_read() const override { return input_.file_bytes_read(); }

  std::size_t Read(std::span<char> buffer) override {
    std::size_t filled = 0;
    while (filled < buffer.size() && (in_member_ || BeginMember())) {
      filled += Inflate(buffer.subspan(filled));
    }
    return filled;
  }

 private:
  // False at the end of the file.
  bool BeginMember() {
    while (member_count_ > 0 && !input_.Available().empty() && input_.Available()[0] == '\0') {
      input_.Consume(1);
      in_padding_ = true;
    }
    if (input_.Available().empty()) return false;
    if (in_padding_) input_.ThrowDamaged("something else follows the compressed data");
    inflateReset(&stream_);
    ++member_count_;
    return in_member_ = true;
  }

  std::size_t Inflate(std::span<char> buffer) {
    const auto available = input_.Available();
    if (available.empty()) input_.ThrowCut();
    // Both counts of zlib are 32 bits wide.
    buffer = buffer.first(std::min<std::size_t>(buffer.size(), 1u << 30));
    stream_.next_in = reinterpret_cast<Bytef*>(available.data());
    stream_.avail_in = static_cast<uInt>(available.size());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(buffer.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    input_.Consume(available.size() - stream_.avail_in);
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const std::string reason = stream_.msg != nullptr ? stream_.msg : "it is no gzip data";
      input_.ThrowDamaged("the gzip data is damaged (" + reason + ")");
    }
    return buffer.size() - stream_.avail_out;
  }

  CompressedInput input_;
  z_stream stream_ = {};
  std::size_t member_count_ = 0;
  bool in_member_ = false;
  bool in_padding_ = false;
};

class ZstdSource : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<FileBytes> file) : input_(std::move(file)) {
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  std::uint64_t file_bytes_read() const override { return input_.file_bytes_read(); }

  std::size_t Read(std::span<char> buffer) override {
    ZSTD_outBuffer output = {buffer.data(), buffer.size(), 0};
    while (output.pos < output.size) {
      const auto available = input_.Available();
      // At the end of the file the decoder may still hold bytes that found no room before.
      if (available.empty() && !in_frame_) break;
      const std::size_t filled_before = output.pos;
      ZSTD_inBuffer input = {available.data(), available.size(), 0};
      const std::size_t result = ZSTD_decompressStream(context_.get(), &output, &input);
      if (ZSTD_isError(result)) ThrowZstdError(result);
      input_.Consume(input.pos);
      in_frame_ = result != 0;
      if (available.empty() && in_frame_ && output.pos == filled_before) input_.ThrowCut();
    }
    return output.pos;
  }

 private:
  static constexpr int kMaxWindowLog = 27;

  [[noreturn]] void ThrowZstdError(std::size_t result) const {
    if (ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge) {
      input_.ThrowDamaged(
          "it was compressed with a window above 128 MiB; decompress it first with "
          "'zstd -d --long=31' and pass the text on through '-'");
    }
    input_.ThrowDamaged(std::string("the zstd data is damaged (") + ZSTD_getErrorName(result) +
                        ")");
  }

  struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };

  CompressedInput input_;
  std::unique_ptr<ZSTD_DCtx, FreeContext> context_{ZSTD_createDCtx()};
  bool in_frame_ = false;
};

}  // namespace

Compression CompressionOf(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1F\x8B")) return Compression::kGzip;
  if (first_bytes.size() < 4) return Compression::kNone;
  if (first_bytes == "\x28\xB5\x2F\xFD") return Compression::kZstd;
  const bool is_skippable =
      (first_bytes[0] & 0xF0) == 0x50 && first_bytes.substr(1) == "\x2A\x4D\x18";
  return is_skippable ? Compression::kZstd : Compression::kNone;
}

void RefuseSwollen(std::uint64_t unpacked_bytes, const ByteSource& source,
                   const std::string& path) {
  constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{16} << 20;
  constexpr std::uint64_t kMostTimes = 100;
  if (unpacked_bytes <= kAlwaysAllowed + kMostTimes * source.file_bytes_read()) return;
  throw Error(ErrorKind::kDamaged,
              "cannot read '" + path +
                  "': it unpacks to more than a hundred times its size, as no text or vectors do; "
                  "if it is sound all the same, unpack it first");
}

std::unique_ptr<ByteSource> MakeGzipSource(std::unique_ptr<FileBytes> file) {
  return std::make_unique<GzipSource>(std::move(file));
}

std::unique_ptr<ByteSource> MakeZstdSource(std::unique_ptr<FileBytes> file) {
  return std::make_unique<ZstdSource>(std::move(file));
}

}  // namespace wordkin
