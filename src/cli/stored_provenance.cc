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

TokenizerKind StoredTokenizer(const EmbeddingStore& store) {
  const Json provenance = ReadProvenance(store);
  if (!provenance.contains("tokenizer")) return TokenizerKind::kWhitespace;
  for (const TokenizerKind kind : {TokenizerKind::kWords, TokenizerKind::kCharacters}) {
    if (provenance["tokenizer"] == TokenizerName(kind)) return kind;
  }
  return TokenizerKind::kWhitespace;
}

}  // namespace wordkin::cli
