#include "common/formats/glove_text.h"

#include <algorithm>
#include <vector>

#include "common/formats/foreign_rows.h"
#include "common/formats/text_rows.h"
#include "common/formats/word2vec_header.h"

namespace wordkin {
namespace {

// The values of a row by its line: all that follows the first field, or, where that is not all
// numbers since the word holds blanks, the numbers at the end.
std::size_t GloveDimension(std::string_view line) {
  const std::size_t fields = CountFields(line);
  return fields == 0 ? 0 : std::min(CountTrailingNumbers(line), fields - 1);
}

constexpr std::string_view kGloveByteOrderMark = "\xEF\xBB\xBF";

std::size_t GloveBegin(std::string_view text) {
  return text.starts_with(kGloveByteOrderMark) ? kGloveByteOrderMark.size() : 0;
}

std::string_view FirstGloveLine(std::string_view text) {
  text.remove_prefix(GloveBegin(text));
  return text.substr(0, text.find('\n'));
}

// A word may hold spaces where the last of what they part is not taken for a value.
std::string_view WritableGloveWord(const EmbeddingStore& store, WordId id,
                                   const std::string& path) {
  const std::string_view word = store.Word(id);
  const bool has_odd_blanks = word.find_first_of("\t\n\v\f\r") != std::string_view::npos;
  if (has_odd_blanks || word.starts_with(' ') || word.ends_with(' ')) {
    return WritableWord(store, id, path);
  }
  const bool has_spaces = word.find(' ') != std::string_view::npos;
  return has_spaces && CountTrailingNumbers(word) > 0 ? WritableWord(store, id, path) : word;
}

}  // namespace

bool LooksLikeGloveText(std::string_view first_bytes) {
  const std::string_view line = FirstGloveLine(first_bytes);
  // Some text may end in a number by chance; a line of words only has none.
  constexpr std::size_t kFewestValues = 2;
  return !line.empty() && !IsAsciiWhitespace(line[0]) && line.size() < first_bytes.size() &&
         GloveDimension(line) >= kFewestValues;
}

EmbeddingTable ReadGloveText(const VectorFile& file, const ReadOptions& options,
                             SkippedRows& skipped) {
  const TextLayout layout = {.begin = GloveBegin(file.text()),
                             .word_place = WordPlace::kBeforeValues,
                             .dimension = GloveDimension(FirstGloveLine(file.text())),
                             .authority = "the first line has"};
  if (layout.dimension == 0) {
    throw DamagedAt(file.path(), "line", 1,
                    "expected a word and its values, as GloVe's files begin");
  }
  return AssembleTable(ReadTextRows(file, layout, options, skipped),
                       {file.path(), "line", options.on_fault, skipped});
}

void WriteGloveText(BufferedOutput& output, const EmbeddingStore& store) {
  std::vector<float> row(store.dimension());
  // Readers take one off.
  if (GloveBegin(store.Word(0)) > 0) output.Append(kGloveByteOrderMark);
  for (std::size_t id = 0; id < store.size(); ++id) {
    output.Append(WritableGloveWord(store, static_cast<WordId>(id), output.path()));
    store.CopyRow(static_cast<WordId>(id), row);
    output.Append(" ");
    AppendTextRow(row, " ", output);
  }
  output.Commit();
}

}  // namespace wordkin
