#pragma once

#include <string>

#include "cli/console.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

// Notes what 'store' holds and a store made of its vectors alone does not: a graph, texts, where
// training stood, rows that only training needs.
void TellWhatIsLeftBehind(const EmbeddingStore& store, Console& console);
// The line for texts, of a store of that path.
std::string TextsLeftBehind(const std::string& path);

}  // namespace wordkin::cli
