#include "common/formats/word_list_file.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/formats/buffered_output.h"
#include "common/text/compression.h"

namespace wordkin {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string_view> LinesOf(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Splits "word 12" or "word\t12"; false for any other line.
bool SplitCount(std::string_view line, std::string_view& word, std::uint64_t& count) {
  const std::size_t blank = line.find_last_of(" \t");
  if (blank == std::string_view::npos || blank == 0 || blank + 1 == line.size()) return false;
  const auto [stop, error] =
      std::from_chars(line.data() + blank + 1, line.data() + line.size(), count);
  word = line.substr(0, blank);
  return error == std::errc() && stop == line.data() + line.size();
}

void TakeCounts(WordList& list) {
  std::vector<std::string_view> words(list.words.size());
  std::vector<std::uint64_t> counts(list.words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!SplitCount(list.words[i], words[i], counts[i])) return;
  }
  list.words = std::move(words);
  list.counts = std::move(counts);
}

bool ReadsAsCounted(std::string_view line) {
  std::string_view word;
  std::uint64_t count = 0;
  return SplitCount(line, word, count);
}

void TakeFirstColumn(WordList& list) {
  if (list.words.empty() || list.words[0].find('\t') == std::string_view::npos) return;
  list.words.erase(list.words.begin());
  list.first_line = 2;
  for (std::string_view& word : list.words) word = word.substr(0, word.find('\t'));
}

}  // namespace

WordList ReadWordList(const std::string& path, WordListKind kind) {
  WordList list{.file = VectorFile(path), .words = {}, .counts = {}};
  list.words = LinesOf(list.file.text());
  if (kind == WordListKind::kPlain) {
    TakeCounts(list);
  } else {
    TakeFirstColumn(list);
  }
  return list;
}

std::string WordListText(const EmbeddingStore& store, WordListKind kind, const std::string& path) {
  std::vector<std::string_view> lines(store.size());
  for (std::size_t id = 0; id < lines.size(); ++id) {
    lines[id] = WritableLine(store, static_cast<WordId>(id), path);
  }
  const bool wants_counts =
      kind == WordListKind::kPlain && std::ranges::all_of(lines, ReadsAsCounted);
  const std::vector<std::uint64_t> counts =
      wants_counts ? store.ReadCounts() : std::vector<std::uint64_t>();
  std::string text;
  if (lines.front().starts_with(kByteOrderMark)) text += kByteOrderMark;
  for (std::size_t id = 0; id < lines.size(); ++id) {
    text += lines[id];
    if (wants_counts) text += '\t' + std::to_string(counts[id]);
    text += '\n';
  }
  return text;
}

std::string FindWordList(const std::string& path, const ReadOptions& options,
                         std::span<const std::string> candidates) {
  if (!options.words_path.empty()) return options.words_path;
  std::string names;
  for (const std::string& candidate : candidates) {
    for (const char* const ending : {"", ".gz", ".zst"}) {
      if (::access((candidate + ending).c_str(), F_OK) == 0) return candidate + ending;
    }
    names += (names.empty() ? "'" : ", '") + candidate + "'";
  }
  throw Error(ErrorKind::kInputOutput, "cannot read '" + path +
                                           "': it holds no words, and there is none of " + names +
                                           "; name their list with 'wordkin convert --words FILE'");
}

EmbeddingTable JoinWords(ForeignRows&& found, const WordList& list, const FaultLog& log,
                         SkippedRows& skipped) {
  const std::size_t row_count = found.file_row_count;
  if (row_count != list.words.size()) {
    log.RowCount(std::min(row_count, list.words.size()) + 1,
                 "there are " + std::to_string(row_count) + " rows, and " +
                     std::to_string(list.words.size()) + " words in '" + list.file.path() + "'");
  }
  // Of the list only what is wrong with the list.
  const auto is_kept = [](std::string_view word) { return word.data() != nullptr; };
  if (std::ranges::none_of(found.words, is_kept)) throw NoSoundRow(log.path());
  const FaultLog word_log(list.file.path(), "line", log.policy(), skipped);
  if (!list.counts.empty()) found.counts.resize(found.words.size());
  for (std::size_t row = 0; row < found.words.size(); ++row) {
    std::string_view& word = found.words[row];
    if (word.data() == nullptr) continue;
    const std::size_t place = found.positions[row] - 1;
    found.positions[row] = list.first_line + place;
    const bool has_word =
        place < list.words.size() && word_log.CheckWord(list.words[place], found.positions[row]);
    word = has_word ? list.words[place] : std::string_view();
    if (has_word && !list.counts.empty()) found.counts[row] = list.counts[place];
  }
  return AssembleTable(std::move(found), word_log);
}

std::string WithoutEnding(std::string_view path, std::string_view ending) {
  path = WithoutCompression(path);
  const bool has_name = path.size() > ending.size() && path[path.size() - ending.size() - 1] != '/';
  if (path.ends_with(ending) && has_name) path.remove_suffix(ending.size());
  return std::string(path);
}

}  // namespace wordkin
