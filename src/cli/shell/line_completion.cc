#include "cli/shell/line_completion.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>

#include "cli/commands/all_commands.h"
#include "cli/manual/table_reading.h"
#include "cli/shell/line_words.h"
#include "cli/shell/shell_commands.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin::cli {
namespace {

using Candidates = std::vector<std::string>;

void AddIfBegun(std::string_view begun, std::string_view candidate, Candidates& candidates) {
  if (candidate.starts_with(begun)) candidates.emplace_back(candidate);
}

Candidates CommandsLike(std::string_view begun) {
  Candidates candidates;
  for (const Command* command : ShellCommands()) AddIfBegun(begun, command->name, candidates);
  for (const std::string_view word :
       {kShellHelp, std::string_view("quit"), std::string_view("exit")}) {
    AddIfBegun(begun, word, candidates);
  }
  return candidates;
}

Candidates ChoicesLike(std::string_view begun, const std::vector<std::string_view>& choices) {
  Candidates candidates;
  for (const std::string_view choice : choices) AddIfBegun(begun, choice, candidates);
  return candidates;
}

Candidates OptionsLike(std::string_view begun, const Command& command) {
  Candidates candidates;
  for (const Option& option : AllOptions(command)) {
    AddIfBegun(begun, "--" + std::string(option.name), candidates);
  }
  return candidates;
}

// Words with control characters are left out: a terminal would obey them.
Candidates StoredWordsLike(std::string_view begun, const EmbeddingStore& store) {
  Candidates candidates;
  if (begun.empty()) return candidates;
  for (std::size_t row = 0; row < store.size(); ++row) {
    const std::string_view word = store.Word(static_cast<WordId>(row));
    if (word.starts_with(begun) && Printable(word) == word) candidates.emplace_back(word);
  }
  return candidates;
}

// As they are typed, or else in the written form of training: 'Stra' finds 'strasse'.
Candidates WordsLike(std::string_view begun, const EmbeddingStore& store) {
  Candidates candidates = StoredWordsLike(begun, store);
  if (!candidates.empty() || !IsValidUtf8(begun)) return candidates;
  std::string folded;
  AppendFolded(begun, folded);
  return folded == begun ? candidates : StoredWordsLike(folded, store);
}

// Folders end with a slash.
Candidates FilesLike(const std::string& begun) {
  const std::size_t slash = begun.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : begun.substr(0, slash + 1);
  const std::string name = begun.substr(folder.size());
  Candidates candidates;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::string found = entry->path().filename().string();
    if (!found.starts_with(name) || (found.starts_with('.') && name.empty())) continue;
    if (Printable(found) != found) continue;
    std::error_code ignored;
    if (entry->is_directory(ignored)) found += '/';
    candidates.push_back(folder + found);
  }
  std::ranges::sort(candidates);
  return candidates;
}

const Option* FindOption(const std::vector<Option>& options, std::string_view dashed) {
  for (const Option& option : options) {
    for (const std::string& name : DashedNames(option)) {
      if (name == dashed) return &option;
    }
  }
  return nullptr;
}

// What stands before the word at the cursor: the command, and where that word is among its
// arguments.
struct Place {
  const Command* command = nullptr;
  const Option* option = nullptr;  // that takes the word
  std::size_t positional = 0;      // else which argument it is, FILE not counted
};

Place FindPlace(const Command& command, const std::vector<Option>& options,
                std::span<const LineWord> before) {
  Place place{.command = &command};
  for (const LineWord& word : before) {
    const bool is_number = word.text.find_first_of("0123456789.") == 1;
    if (word.text.size() > 1 && word.text.starts_with('-') && !(place.option && is_number)) {
      const Option* const option = FindOption(options, word.text);
      place.option = option != nullptr && TakesValue(*option) ? option : nullptr;
    } else if (place.option == nullptr) {
      ++place.positional;
    } else if (!place.option->repeatable) {
      place.option = nullptr;
    }
  }
  return place;
}

Candidates ValuesLike(const std::string& begun, const Option& option) {
  if (option.kind == ValueKind::kFile) return FilesLike(begun);
  return ChoicesLike(begun, Choices(option));
}

Candidates ArgumentsLike(const std::string& begun, const Place& place,
                         const EmbeddingStore& store) {
  const auto& positionals = place.command->positionals;
  const bool has_file = place.command != &kHelpCommand;
  if (positionals.size() < (has_file ? 2 : 1)) return {};
  const std::size_t index = std::min(place.positional + (has_file ? 1 : 0), positionals.size() - 1);
  const Positional& positional = positionals[index];
  if (positional.kind == ValueKind::kChoice) return ChoicesLike(begun, Choices(positional));
  Candidates candidates = WordsLike(begun, store);
  if (!candidates.empty() || positional.kind != ValueKind::kFile) return candidates;
  return FilesLike(begun);
}

// The longest beginning that all have, which ends with a whole character.
std::string CommonBeginning(const Candidates& candidates) {
  std::string common = candidates.front();
  for (const std::string& each : candidates) {
    common.resize(std::ranges::mismatch(common, each).in1 - common.begin());
  }
  while (!IsValidUtf8(common)) common.pop_back();
  return common;
}

// 'before' is what stands before the candidates in the word itself: "--search=".
LineCompletion Completed(std::string_view line, const LineWord& word, const std::string& before,
                         const Candidates& candidates) {
  LineCompletion completion{word.begin, std::string(line.substr(word.begin))};
  if (candidates.empty()) return completion;
  if (candidates.size() == 1) {
    const bool goes_on = candidates.front().ends_with('/');
    completion.replacement = before + QuotedWord(candidates.front()) + (goes_on ? "" : " ");
    return completion;
  }
  const std::string common = CommonBeginning(candidates);
  if (before.size() + common.size() > word.text.size()) {
    completion.replacement =
        before + (word.is_open || NeedsQuotes(common) ? OpenlyQuoted(common) : common);
    return completion;
  }
  for (const std::string& each : candidates) completion.shown.push_back(QuotedWord(each));
  return completion;
}

LineCompletion CompleteArgument(std::string_view line, const Command& command,
                                std::span<const LineWord> before, const LineWord& word,
                                const EmbeddingStore& store) {
  const std::vector<Option> options = AllOptions(command);
  const Place place = FindPlace(command, options, before);
  const std::size_t equals = word.text.find('=');
  if (word.text.starts_with("--") && equals != std::string::npos) {
    const Option* const option = FindOption(options, word.text.substr(0, equals));
    Candidates values;
    if (option != nullptr) values = ValuesLike(word.text.substr(equals + 1), *option);
    return Completed(line, word, word.text.substr(0, equals + 1), values);
  }
  if (word.text.starts_with('-')) return Completed(line, word, "", OptionsLike(word.text, command));
  return Completed(line, word, "",
                   place.option != nullptr ? ValuesLike(word.text, *place.option)
                                           : ArgumentsLike(word.text, place, store));
}

}  // namespace

LineCompletion CompleteLine(std::string_view line, const EmbeddingStore& store) {
  std::vector<LineWord> words = ReadLineWords(line);
  if (words.empty() || (!words.back().is_open && words.back().end < line.size())) {
    words.push_back({.text = "", .begin = line.size(), .end = line.size()});
  }
  const LineWord word = words.back();
  words.pop_back();
  if (words.empty()) {
    Candidates candidates = CommandsLike(word.text);
    if (candidates.empty()) candidates = WordsLike(word.text, store);
    return Completed(line, word, "", candidates);
  }
  const std::span<const LineWord> others(words);
  if (words.front().text == kShellHelp) {
    return CompleteArgument(line, kHelpCommand, others.subspan(1), word, store);
  }
  if (const Command* command = FindShellCommand(words.front().text)) {
    return CompleteArgument(line, *command, others.subspan(1), word, store);
  }
  return CompleteArgument(line, kNeighborsCommand, others, word, store);
}

}  // namespace wordkin::cli
