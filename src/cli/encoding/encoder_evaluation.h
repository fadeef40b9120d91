#pragma once

#include <string>
#include <vector>

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {

class Console;

// The parts of 'wordkin evaluate --encoder'. Each takes a set, and answers with an object whose
// field names are a promise, or, where 'json' is nullptr, with a table on the console.

// Threshold and means come from 'tuning_path'. The console hears of pairs that are left out.
void EvaluateWordInContext(const contextual::TextEncoder& encoder, const std::string& path,
                           const std::string& tuning_path, int thread_count, Json* json,
                           Console& console);

// 'store' may be nullptr: then the static vectors' rows are left out. The console hears of texts
// that are cut.
void EvaluateSentenceSimilarity(const contextual::TextEncoder& encoder, contextual::Pooling pooling,
                                const EmbeddingStore* store, const std::string& path,
                                int thread_count, Json* json, Console& console);

}  // namespace wordkin::cli
