#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"

namespace wordkin::cli {

// The names that 'given' may have meant, nearest first: misspelt or cut short.
std::vector<std::string> NearestNames(std::string_view given,
                                      std::span<const std::string_view> names);

// The store's words nearest to one it does not have, nearest first, at most 'limit'; none
// for a mark of punctuation.
std::vector<std::string> NearestWords(const EmbeddingStore& store, std::string_view word,
                                      std::size_t limit = 3);

// "; did you mean 'a', 'b' or 'c'?", empty without candidates.
std::string DidYouMean(std::span<const std::string> candidates);

}  // namespace wordkin::cli
