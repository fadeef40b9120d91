#include "cli/stored_provenance.h"

#include <string>

#include "common/store/store_error.h"

namespace wordkin::cli {

Json ReadProvenance(const EmbeddingStore& store) {
  Json provenance = ParseStoredJson(store.ReadMetadata());
  if (provenance.is_object()) return provenance;
  throw DamagedSection(store.path(), SectionKind::kMetadata,
                       "is no JSON object or nested too deeply");
}

}  // namespace wordkin::cli
