#include "common/formats/word2vec_text.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "common/formats/foreign_rows.h"
#include "common/formats/text_rows.h"
#include "common/formats/word2vec_header.h"
#include "common/text/utf8.h"

namespace wordkin {
namespace {

bool IsValueOrBlank(char character) {
  return IsAsciiWhitespace(character) || (character >= '0' && character <= '9') ||
         std::string_view("+-.eEnNaAiIfFtTyY").find(character) != std::string_view::npos;
}

// Whether the values of the first row begin as text does.
bool ShowsTextValues(std::string_view rows, std::size_t dimension) {
  std::string_view row = rows.substr(0, rows.find('\n'));
  const auto word_end = std::find_if(row.begin(), row.end(), IsAsciiWhitespace);
  row.remove_prefix(static_cast<std::size_t>(word_end - row.begin()));
  // Binary values that happen to be digits and blanks as far as this do not occur.
  constexpr std::size_t kProbeBytes = 16;
  if (row.size() < std::min(2 * std::min(dimension, kProbeBytes), kProbeBytes)) return false;
  row = row.substr(0, kProbeBytes);
  return std::all_of(row.begin(), row.end(), IsValueOrBlank);
}

// Whether all of the beginning may be text: binary values soon hold zeros or ill-formed UTF-8.
bool IsPlainText(std::string_view rows) {
  constexpr std::size_t kProbeBytes = 4096;
  if (rows.size() > kProbeBytes) {
    rows = rows.substr(0, kProbeBytes);
    // The last character may be cut.
    while (!rows.empty() && static_cast<unsigned char>(rows.back()) >= 0x80) rows.remove_suffix(1);
  }
  return !rows.empty() && IsValidUtf8(rows) && std::none_of(rows.begin(), rows.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' && !IsAsciiWhitespace(c);
  });
}

}  // namespace

bool LooksLikeWord2VecText(std::string_view first_bytes) {
  const std::optional<Word2VecHeader> header = FindWord2VecHeader(first_bytes);
  if (!header) return false;
  const std::string_view rows = first_bytes.substr(header->length);
  return ShowsTextValues(rows, header->dimension) || IsPlainText(rows);
}

EmbeddingTable ReadWord2VecText(const VectorFile& file, const ReadOptions& options,
                                SkippedRows& skipped) {
  // The shortest row: a letter and a line end, then a blank and a digit for each value.
  const Word2VecHeader header =
      ParseWord2VecHeader(file.text(), 2, 2, file.path(), options.on_fault);
  const TextLayout layout = {.begin = header.length,
                             .first_line = 2,
                             .word_place = WordPlace::kFirstField,
                             .dimension = header.dimension,
                             .authority = "the header says",
                             .row_count = header.row_count};
  return AssembleTable(ReadTextRows(file, layout, options, skipped),
                       {file.path(), "line", options.on_fault, skipped});
}

void WriteWord2VecText(BufferedOutput& output, const EmbeddingStore& store) {
  output.Append(std::to_string(store.size()) + " " + std::to_string(store.dimension()) + "\n");
  std::vector<float> row(store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    output.Append(WritableWord(store, static_cast<WordId>(id), output.path()));
    store.CopyRow(static_cast<WordId>(id), row);
    output.Append(" ");
    AppendTextRow(row, " ", output);
  }
  output.Commit();
}

}  // namespace wordkin
