#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/answers/word_resolver.h"
#include "query/questions/query_word.h"

namespace wordkin::cli {

// The words of a file, each once.
struct ListedWords {
  std::vector<std::string> words;
  std::vector<query::QueryWord> resolved;  // the words, known or made of their subwords
  std::vector<std::string> unknown;        // the others
};

// One word a line or several, by white space. Throws kInputOutput, kDamaged when the file is no
// text or holds no word, kNotFound when none of them is known.
ListedWords ReadListedWords(const std::string& path, WordResolver& resolver);
// The same, though none be known.
ListedWords ReadWordsKnownOrNot(const std::string& path, WordResolver& resolver);

struct ListedPairs {
  std::vector<query::WordPair> pairs;
  std::size_t skipped = 0;  // pairs of which a word is unknown
};

// Two words a line, by white space; a line ': NAME' begins a section. Read are the pairs of
// 'section', or all of a file that has one at most. Throws as above, kDamaged for a line that is no
// pair, and kUsage for a section that is not there or is yet to be chosen.
ListedPairs ReadListedPairs(const std::string& path, const std::optional<std::string>& section,
                            WordResolver& resolver);

}  // namespace wordkin::cli
