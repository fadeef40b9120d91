#include "common/support/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "common/support/error.h"

namespace wordkin {
namespace {

std::string CannotOpen(const std::string& path) { return "cannot open '" + path + "'"; }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

MappedFile::MappedFile(const std::string& path) : path_(path) {
  const std::string attempt = CannotOpen(path);
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) throw SystemError(attempt, errno);
  Map(file.number());
}

MappedFile::MappedFile(int descriptor, const std::string& name) : path_(name) { Map(descriptor); }

void MappedFile::Map(int descriptor) {
  const std::string attempt = CannotOpen(path_);
  struct stat status = {};
  if (fstat(descriptor, &status) != 0) throw SystemError(attempt, errno);
  if (S_ISDIR(status.st_mode)) throw SystemError(attempt, EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::kInputOutput,
                attempt + ": it is not a regular file (copy a pipe's content into one first)");
  }
  identity_ = IdentityOf(status);
  if (status.st_size == 0) return;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > PTRDIFF_MAX) throw SystemError(attempt, EFBIG);
  void* const mapped = mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (mapped == MAP_FAILED) throw SystemError(attempt, errno);
  bytes_ = {static_cast<const std::byte*>(mapped), static_cast<std::size_t>(size)};
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : path_(std::move(other.path_)),
      bytes_(std::exchange(other.bytes_, {})),
      identity_(other.identity_) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(bytes_, other.bytes_);
  std::swap(identity_, other.identity_);
  return *this;
}

bool MappedFile::IsCurrent() const {
  struct stat status = {};
  return stat(path_.c_str(), &status) == 0 && IdentityOf(status) == identity_;
}

MappedFile::Identity MappedFile::IdentityOf(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
          status.st_size};
}

}  // namespace wordkin
