#include "common/support/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <random>
#include <tuple>
#include <utility>

#include "common/support/error.h"
#include "common/support/interruption.h"

namespace wordkin {
namespace {

constexpr int kMaxLinks = 40;
constexpr int kMaxNameAttempts = 100;
constexpr std::size_t kMaxNameBytes = 255;

std::string Attempt(const std::string& path) { return "cannot write '" + path + "'"; }

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string NameOf(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string ReadLink(const std::string& link, const std::string& path) {
  std::array<char, PATH_MAX> target;
  const ssize_t length = readlink(link.c_str(), target.data(), target.size());
  if (length < 0) throw SystemError(Attempt(path), errno);
  if (static_cast<std::size_t>(length) == target.size()) {
    throw SystemError(Attempt(path), ENAMETOOLONG);
  }
  return {target.data(), static_cast<std::size_t>(length)};
}

// By hand, since realpath() refuses a link whose target does not exist yet.
std::string ResolveLinks(const std::string& path) {
  std::string target = path;
  for (int links = 0; links < kMaxLinks; ++links) {
    struct stat status = {};
    if (lstat(target.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return target;
    const std::string next = ReadLink(target, path);
    target = next.starts_with('/') ? next : FolderOf(target) + "/" + next;
  }
  throw SystemError(Attempt(path), ELOOP);
}

// The file that will be replaced; nullopt when there is none.
std::optional<struct stat> ExistingFile(const std::string& path) {
  struct stat status = {};
  // Of 'path' itself: the link behind /dev/stdout tells no path when that is a pipe.
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw SystemError(Attempt(path), errno);
  }
  if (S_ISDIR(status.st_mode)) throw SystemError(Attempt(path), EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::kInputOutput, Attempt(path) + ": it is not a regular file");
  }
  // rename() would replace a write-protected file without a word.
  if (faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
    throw SystemError(Attempt(path), errno);
  }
  return status;
}

std::string TemporaryPath(const std::string& target) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";
  static_assert(kDigits.size() == 32);
  std::random_device device;
  std::string random;
  for (int i = 0; i < 10; ++i) random += kDigits[device() % kDigits.size()];
  const std::string ending = "." + random + ".partial";
  const std::string name = NameOf(target).substr(0, kMaxNameBytes - 1 - ending.size());
  return FolderOf(target) + "/." + name + ending;
}

// Calls 'make' with one temporary path after another until it makes no EEXIST of it; returns the
// last path and result.
template <class Make>
std::pair<std::string, int> MakeTemporary(const std::string& target, const Make& make) {
  for (int attempt = 0;; ++attempt) {
    std::string path = TemporaryPath(target);
    const int result = make(path);
    if (result >= 0 || errno != EEXIST || attempt == kMaxNameAttempts) return {path, result};
  }
}

int OpenNameless(const std::string& target, mode_t mode) {
  return open(FolderOf(target).c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, mode);
}

// Gives a nameless file a temporary name beside 'target'; "" and errno when it cannot be done.
std::string NameBeside(int descriptor, const std::string& target) {
  const std::string source = "/proc/self/fd/" + std::to_string(descriptor);
  const auto [path, result] = MakeTemporary(target, [&](const std::string& name) {
    return linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
  });
  return result == 0 ? path : "";
}

// Tried with a file of its own, since a long run must not learn at its end that it is not so.
bool NamelessFilesCanBeNamed(const std::string& target) {
  const int descriptor = OpenNameless(target, 0600);
  if (descriptor < 0) return false;
  const std::string name = NameBeside(descriptor, target);
  if (!name.empty()) unlink(name.c_str());
  close(descriptor);
  return !name.empty();
}

void SyncFolder(const std::string& folder, const std::string& path) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A folder that may be written but not read: nothing more can be done for durability.
  if (descriptor < 0) return;
  const int result = fsync(descriptor);
  const int error_number = errno;
  close(descriptor);
  // Some file systems cannot sync a folder and say so with EINVAL.
  if (result != 0 && error_number != EINVAL) throw SystemError(Attempt(path), error_number);
}

}  // namespace

AtomicFile::AtomicFile(const std::string& path, const std::atomic<bool>* stop,
                       Visibility visibility)
    : visibility_(visibility), path_(path), stop_(stop) {
  if (visibility == Visibility::kNever) {
    OpenWithoutName();
  } else {
    OpenToCommit();
  }
}

void AtomicFile::OpenWithoutName() {
  constexpr mode_t kMode = 0600;
  descriptor_ = OpenNameless(path_, kMode);
  if (descriptor_ >= 0) return;
  std::string name;
  std::tie(name, descriptor_) = MakeTemporary(path_, [&](const auto& attempt) {
    return open(attempt.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  });
  if (descriptor_ < 0) throw SystemError(Attempt(path_), errno);
  unlink(name.c_str());
}

void AtomicFile::OpenToCommit() {
  if (path_.empty()) throw SystemError(Attempt(path_), ENOENT);
  if (path_.ends_with('/')) throw SystemError(Attempt(path_), EISDIR);
  if (path_ == "-") {
    throw Error(ErrorKind::kUsage,
                "a file is wanted to write to, not '-' (./- is the file of that name)");
  }
  const std::optional<struct stat> existing = ExistingFile(path_);
  target_path_ = ResolveLinks(path_);
  // Narrow until the earlier file's mode is set, so that nobody opens a private file meanwhile.
  const mode_t mode = existing ? 0600 : 0666;
  if (NamelessFilesCanBeNamed(target_path_)) {
    descriptor_ = OpenNameless(target_path_, mode);
  } else {
    std::tie(temporary_path_, descriptor_) = MakeTemporary(target_path_, [&](const auto& name) {
      return open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    });
  }
  if (descriptor_ < 0) throw SystemError(Attempt(path_), errno);
  if (!existing) return;
  // Only root may give a file away; anyone else becomes the owner of what he wrote.
  const bool kept_owner = fchown(descriptor_, existing->st_uid, existing->st_gid) == 0 ||
                          fchown(descriptor_, static_cast<uid_t>(-1), existing->st_gid) == 0;
  const mode_t kept_mode = existing->st_mode & (kept_owner ? 07777 : 0777);
  if (fchmod(descriptor_, kept_mode) != 0) {
    const Error error = SystemError(Attempt(path_), errno);
    close(descriptor_);
    if (!temporary_path_.empty()) unlink(temporary_path_.c_str());
    throw error;
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_path_.empty()) unlink(temporary_path_.c_str());
}

void AtomicFile::Write(std::span<const std::byte> bytes) {
  WriteAt(size_, bytes);
  size_ += bytes.size();
}

void AtomicFile::WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    EndWhenAsked();
    const ssize_t written =
        pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      throw SystemError(Attempt(path_), errno);
    }
    if (written == 0) throw SystemError(Attempt(path_), ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
}

void AtomicFile::EndWhenAsked() const {
  if (stop_ != nullptr) EndWhenStopped(*stop_);
}

void AtomicFile::Commit() {
  EndWhenAsked();
  if (fsync(descriptor_) != 0) throw SystemError(Attempt(path_), errno);
  if (visibility_ == Visibility::kNever) return;
  if (temporary_path_.empty()) {
    temporary_path_ = NameBeside(descriptor_, target_path_);
    if (temporary_path_.empty()) throw SystemError(Attempt(path_), errno);
  }
  // The last moment: a large file took a while to sync.
  EndWhenAsked();
  // Network file systems report a full disk at close.
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (close(descriptor) != 0) throw SystemError(Attempt(path_), errno);
  if (rename(temporary_path_.c_str(), target_path_.c_str()) != 0) {
    throw SystemError(Attempt(path_), errno);
  }
  temporary_path_.clear();
  SyncFolder(FolderOf(target_path_), path_);
}

}  // namespace wordkin
