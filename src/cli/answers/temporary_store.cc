#include "cli/answers/temporary_store.h"

#include "common/support/atomic_file.h"
#include "common/support/mapped_file.h"

namespace wordkin::cli {

EmbeddingStore TemporaryStore(const EmbeddingTable& table, const StoreOptions& options,
                              const std::string& path, const std::string& name,
                              const std::atomic<bool>* stop) {
  AtomicFile file(path, stop, AtomicFile::Visibility::kNever);
  WriteStore(file, table, options);
  return EmbeddingStore(MappedFile(file.descriptor(), path), name);
}

}  // namespace wordkin::cli
