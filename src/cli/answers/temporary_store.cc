#include "cli/answers/temporary_store.h"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "common/support/atomic_file.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// A new folder beside 'path', whose disk has room for a file of that size; removed with its
// content.
class FolderBeside {
 public:
  explicit FolderBeside(const std::string& path) {
    std::string folder = path + ".XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) {
      throw SystemError("cannot write '" + path + "'", errno);
    }
    path_ = folder;
  }
  ~FolderBeside() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  std::string PathOf(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace

EmbeddingStore TemporaryStore(const EmbeddingTable& table, const StoreOptions& options,
                              const std::string& path, const std::string& name) {
  const FolderBeside folder(path);
  const std::string store_path = folder.PathOf("vectors.kin");
  AtomicFile file(store_path);
  WriteStore(file, table, options);
  return EmbeddingStore(store_path, name);
}

}  // namespace wordkin::cli
