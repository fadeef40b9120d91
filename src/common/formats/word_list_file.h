#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/formats/foreign_rows.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"

namespace wordkin {

// The words of a file that holds vectors only: a word a line, or, where every line has one, a word
// and its count behind a blank or tab. Of lines with several tabs the first field, and the first
// line is then a heading, as TensorFlow's projector has it. Words lie in 'file'.
struct WordList {
  VectorFile file;
  std::vector<std::string_view> words;
  std::vector<std::uint64_t> counts;  // empty: none
  std::uint64_t first_line = 1;
};

enum class WordListKind { kPlain, kProjector };

// Throws as VectorFile does.
WordList ReadWordList(const std::string& path, WordListKind kind);

// The store's words as such a list of that kind, which reads back as they are: with a tab and its
// count behind each where all would else be taken for a word and a count ("route 66"), and with a
// second U+FEFF where the first begins with one. Throws kUsage, naming 'path', for a word with a
// line end or a tab.
std::string WordListText(const EmbeddingStore& store, WordListKind kind, const std::string& path);

// The list that 'options' name, else the first of 'candidates' that is there, as it is or
// compressed. Throws kInputOutput, listing the candidates, when none is.
std::string FindWordList(const std::string& path, const ReadOptions& options,
                         std::span<const std::string> candidates);

// Joins 'found', whose words only say which rows are kept and whose positions are rows' numbers in
// the file from 1 on, with the list, row by row. Tells 'log' when there are not as many. Words that
// are wrong are told by their line of the list.
EmbeddingTable JoinWords(ForeignRows&& found, const WordList& list, const FaultLog& log,
                         SkippedRows& skipped);

// "folder/v.npy.gz" and ".npy" -> "folder/v"
std::string WithoutEnding(std::string_view path, std::string_view ending);

}  // namespace wordkin
