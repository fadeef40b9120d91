#pragma once

#include <string>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin::cli {

// 'table' as a store whose file is gone already: the mapping lives on without a name, and its room
// is free again with it. It lies on the disk of 'path', which has room for a file of that size;
// messages call it 'name'. Throws kInputOutput.
EmbeddingStore TemporaryStore(const EmbeddingTable& table, Precision precision,
                              const std::string& path, const std::string& name);

}  // namespace wordkin::cli
