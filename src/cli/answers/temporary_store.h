#pragma once

#include <atomic>
#include <string>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/store_writer.h"

namespace wordkin::cli {

// 'table' as a store whose file has no name, so that a kill leaves nothing; its room is free again
// with the mapping. It lies on the disk of 'path', which has room for a file of that size; messages
// call it 'name'. Throws kInputOutput, and kInterrupted once 'stop' is true.
EmbeddingStore TemporaryStore(const EmbeddingTable& table, const StoreOptions& options,
                              const std::string& path, const std::string& name,
                              const std::atomic<bool>* stop = nullptr);

}  // namespace wordkin::cli
