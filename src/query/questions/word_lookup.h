#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/store/vocabulary.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin::query {

// What 'find' knows the word by as it is written, else with its case folded: evaluation sets write
// names in capitals, and most vocabularies are in small letters.
template <typename Find>
std::optional<WordId> FindInAnyCase(std::string_view word, const Find& find) {
  if (const std::optional<WordId> id = find(word)) return id;
  std::string folded;
  AppendFolded(RepairUtf8(word), folded);
  return find(folded);
}

}  // namespace wordkin::query
