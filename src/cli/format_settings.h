#pragma once

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "common/store/format_settings.h"

namespace wordkin::cli {

// Settings as a JSON object, whole numbers without a point.
Json SettingsJson(const FormatSettings& settings);

// What the provenance of a store says that another tool's file may keep: the settings of the file
// it was converted from, else the options it was trained with.
FormatSettings StoredSettings(const EmbeddingStore& store);

// Whether output rows of the store belong to words; hierarchical softmax's belong to a tree's
// nodes.
bool WordsArePredictions(const EmbeddingStore& store);

// Whether the store was made from a file of the format of that name.
bool WasConvertedFrom(const EmbeddingStore& store, std::string_view format);

}  // namespace wordkin::cli
