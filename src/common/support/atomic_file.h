#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace wordkin {

// Writes a file that appears whole or not at all: to a nameless file in the same folder, which
// Commit() syncs, names, renames to 'path' and syncs the folder of. Without Commit() (an error, a
// kill) an earlier file at 'path' stays as it was and nothing is left beside it; where the file
// system has no nameless files it is called '.NAME.RANDOM.partial' meanwhile, which a kill leaves.
// A new file gets the mode that the umask grants; an existing one keeps its own. When 'path' is a
// symbolic link the file it points to is replaced.
class AtomicFile {
 public:
  enum class Visibility { kAtCommit, kNever };

  // Creates that file, so that a folder that cannot be written is reported before any
  // long work. Throws kInputOutput, also when 'path' is a folder or another non-regular file, and
  // kUsage for "-", which means standard output to whoever gives it. Once 'stop', which must
  // outlive this, is true, Write() and Commit() throw kInterrupted; nullptr: they go on.
  // kNever: a file for this program alone, on the disk where 'path' would lie, which messages name.
  // It has no name at any time, where the file system has nameless files, and goes with the last
  // mapping of it, whatever ends the program; Commit() only syncs.
  explicit AtomicFile(const std::string& path, const std::atomic<bool>* stop = nullptr,
                      Visibility visibility = Visibility::kAtCommit);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Appends. Throws kInputOutput naming the path (a full disk, say).
  void Write(std::span<const std::byte> bytes);
  // Overwrites 'bytes' at 'offset', which was written before.
  void WriteAt(std::uint64_t offset, std::span<const std::byte> bytes);
  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }
  // Open until Commit(), and as long as this lives where the file is never visible.
  int descriptor() const { return descriptor_; }

  // Makes the file durable and visible. Must be called at most once, and nothing after it.
  void Commit();

 private:
  void OpenToCommit();
  void OpenWithoutName();
  void EndWhenAsked() const;

  Visibility visibility_;
  std::string path_;            // as the user named it, for messages
  std::string target_path_;     // links resolved
  std::string temporary_path_;  // empty: the file has no name, or is committed
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  const std::atomic<bool>* stop_;
};

}  // namespace wordkin
