#pragma once

#include "cli/json.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

// What a store tells about its making: an object, empty when it tells nothing. Throws kDamaged when
// that is no JSON object, or one nested too deeply to be ours.
Json ReadProvenance(const EmbeddingStore& store);

}  // namespace wordkin::cli
