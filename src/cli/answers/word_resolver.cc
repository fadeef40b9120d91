#include "cli/answers/word_resolver.h"

#include "cli/stored_provenance.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin::cli {

std::optional<query::QueryWord> WordResolver::Resolve(const std::string& word) {
  if (const std::optional<WordId> id = store_.Find(word)) return query::QueryWord(*id);
  if (!IsValidUtf8(word) || !FoldsWords()) return query::ResolveWord(store_, word);
  std::string folded;
  AppendFolded(word, folded);
  return query::ResolveWord(store_, folded);
}

TokenizerKind WordResolver::tokenizer() {
  if (!tokenizer_) tokenizer_ = StoredTokenizer(store_);
  return *tokenizer_;
}

}  // namespace wordkin::cli
