#pragma once

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "common/text/word_boundary.h"

namespace wordkin::cli {

// What a store tells about its making: an object, empty when it tells nothing. Throws kDamaged when
// that is no JSON object, or one nested too deeply to be ours.
Json ReadProvenance(const EmbeddingStore& store);

// How the words of the store's corpus were cut; at white space when it does not tell.
TokenizerKind StoredTokenizer(const EmbeddingStore& store);

}  // namespace wordkin::cli
