#include "common/formats/projector_tsv.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "common/formats/matrix_rows.h"
#include "common/formats/text_rows.h"
#include "common/formats/word_list_file.h"

namespace wordkin {
namespace {

std::string_view FirstLine(std::string_view text) { return text.substr(0, text.find('\n')); }

// The values of a line that holds nothing else, by tabs; 0 for any other.
std::size_t CountTabbedValues(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find(' ') != std::string_view::npos) return 0;
  const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
  return CountTrailingNumbers(line) == tabs + 1 ? tabs + 1 : 0;
}

}  // namespace

bool LooksLikeProjectorTsv(std::string_view first_bytes) {
  const std::string_view first = FirstLine(first_bytes);
  if (first.size() == first_bytes.size() || CountTabbedValues(first) < 2) return false;
  // A header of word2vec's by a tab has two numbers too, and other lines below it.
  std::string_view rest = first_bytes.substr(first.size() + 1);
  const std::string_view second = FirstLine(rest);
  return second.size() == rest.size() || CountTabbedValues(second) == CountTabbedValues(first);
}

EmbeddingTable ReadProjectorTsv(const VectorFile& file, const ReadOptions& options,
                                SkippedRows& skipped) {
  const TextLayout layout = {.word_place = WordPlace::kNone,
                             .dimension = CountFields(FirstLine(file.text())),
                             .authority = "the first line has"};
  if (layout.dimension == 0) throw DamagedAt(file.path(), "line", 1, "expected values by tabs");
  ForeignRows found = ReadTextRows(file, layout, options, skipped);
  const WordList list =
      ReadWordList(FindWordsOfProjectorTsv(file.path(), options), WordListKind::kProjector);
  return JoinWords(std::move(found), list, {file.path(), "line", options.on_fault, skipped},
                   skipped);
}

void WriteProjectorTsv(BufferedOutput& output, const EmbeddingStore& store) {
  std::vector<float> row(store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    store.CopyRow(static_cast<WordId>(id), row);
    AppendTextRow(row, "\t", output);
  }
  WriteWordList(WordsBesideProjectorTsv(output.path()), output.path(), store,
                WordListKind::kProjector);
  output.Commit();
}

std::string WordsBesideProjectorTsv(const std::string& path) {
  const std::string base = WithoutEnding(path, ".tsv");
  constexpr std::string_view kVectors = "vectors";
  const bool is_plain = base == kVectors || base.ends_with("/" + std::string(kVectors));
  if (is_plain) return base.substr(0, base.size() - kVectors.size()) + "metadata.tsv";
  return base + ".metadata.tsv";
}

std::string FindWordsOfProjectorTsv(const std::string& path, const ReadOptions& options) {
  const std::string base = WithoutEnding(path, ".tsv");
  std::vector<std::string> candidates = {WordsBesideProjectorTsv(path)};
  if (candidates[0] != base + ".metadata.tsv") candidates.push_back(base + ".metadata.tsv");
  return FindWordList(path, options, candidates);
}

}  // namespace wordkin
