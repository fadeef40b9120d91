#include "train/corpus/scratch_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "common/support/error.h"

namespace wordkin::train {
namespace {

std::string TemporaryFolder() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  return error ? "/tmp" : folder.native();
}

int OpenNameless(const std::string& folder) {
  const int descriptor = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  // Not every file system has nameless files; without the folder mkstemp reports the reason.
  if (descriptor >= 0) return descriptor;
  std::string path = folder + "/wordkin-XXXXXX";
  const int named = mkostemp(path.data(), O_CLOEXEC);
  if (named < 0) throw SystemError("cannot create a temporary file in '" + folder + "'", errno);
  unlink(path.c_str());
  return named;
}

}  // namespace

ScratchFile::ScratchFile(std::string folder)
    : folder_(folder.empty() ? TemporaryFolder() : std::move(folder)),
      descriptor_(OpenNameless(folder_)) {}

ScratchFile::~ScratchFile() { close(descriptor_); }

void ScratchFile::Append(std::span<const std::byte> bytes) {
  const std::uint64_t needed = size_ + bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const Error error = SystemError("cannot keep " + std::to_string(needed) +
                                          " bytes in a temporary file in '" + folder_ + "'",
                                      errno);
      throw Error(error.kind(),
                  std::string(error.what()) + "; free space there or set TMPDIR to another folder");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    size_ += static_cast<std::uint64_t>(count);
  }
}

const std::byte* ScratchFile::Map() const {
  void* const address = mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor_, 0);
  if (address == MAP_FAILED) {
    throw SystemError("cannot map a temporary file in '" + folder_ + "'", errno);
  }
  return static_cast<const std::byte*>(address);
}

void ScratchFile::DiscardFront(std::uint64_t byte_count) noexcept {
  // A refusal costs disk space only.
  static_cast<void>(fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                              static_cast<off_t>(byte_count)));
}

}  // namespace wordkin::train
