#include "query/evaluation/question_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "common/support/error.h"
#include "common/text/text_lines.h"

namespace wordkin::query {
namespace {

constexpr std::string_view kSpaces = " \t\r\v\f";

std::vector<std::string_view> SplitAtSpaces(std::string_view line) {
  std::vector<std::string_view> fields;
  for (line = TrimSpaces(line); !line.empty(); line = TrimSpaces(line)) {
    const std::size_t end = std::min(line.find_first_of(kSpaces), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return fields;
}

std::vector<std::string_view> SplitFields(std::string_view line) {
  for (const char separator : {'\t', ','}) {
    if (line.find(separator) != std::string_view::npos) return SplitAt(separator, line);
  }
  return SplitAtSpaces(line);
}

std::optional<double> ParseScore(std::string_view field) {
  double score = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), score);
  if (error != std::errc() || end != field.data() + field.size() || !std::isfinite(score)) {
    return std::nullopt;
  }
  return score;
}

// A number, or one with a decimal comma.
bool LooksLikeScore(std::string_view word) {
  std::string number(word);
  std::ranges::replace(number, ',', '.');
  return ParseScore(number).has_value();
}

[[noreturn]] void ThrowBadLine(const std::string& path, std::size_t number,
                               const std::string& reason) {
  throw Error(ErrorKind::kDamaged,
              "cannot read '" + path + "': line " + std::to_string(number) + " " + reason);
}

std::vector<QuestionSection> ParseQuestions(std::string_view text, const std::string& path) {
  std::vector<QuestionSection> sections;
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    if (line.front() == ':') {
      sections.push_back({std::string(TrimSpaces(line.substr(1))), {}});
      return;
    }
    const std::vector<std::string_view> fields = SplitAtSpaces(line);
    if (fields.size() != 4) {
      ThrowBadLine(path, number,
                   "has " + std::to_string(fields.size()) +
                       " words; a question has four, and a section begins with ':'");
    }
    if (sections.empty()) sections.emplace_back();
    std::array<std::string, 4> question;
    for (std::size_t i = 0; i < question.size(); ++i) question[i] = fields[i];
    sections.back().questions.push_back(std::move(question));
  });
  return sections;
}

std::vector<JudgedPair> ParseJudgedPairs(std::string_view text, const std::string& path) {
  std::vector<JudgedPair> pairs;
  bool is_first = true;
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    if (line.front() == '#') return;
    const std::vector<std::string_view> fields = SplitFields(line);
    if (fields.size() < 3 || fields[0].empty() || fields[1].empty()) {
      ThrowBadLine(path, number, "is not two words and a score, by tabs, commas or spaces");
    }
    const std::optional<double> score = ParseScore(fields[2]);
    if (score) {
      pairs.push_back({std::string(fields[0]), std::string(fields[1]), *score});
    } else if (!is_first) {
      ThrowBadLine(path, number, "has a third field that is no finite number");
    }
    is_first = false;
  });
  return pairs;
}

// Who says what a file is: when its content must, it should be plain.
enum class Told { kByUser, kByContent };

std::vector<WordCategory> ParseCategories(std::string_view text, const std::string& path,
                                          Told told) {
  // Words are clustered into as many parts; sets have a few dozen.
  constexpr std::size_t kMostCategories = 1000;
  std::vector<WordCategory> words;
  std::set<std::string_view> categories;
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    if (line.front() == '#') return;
    const std::vector<std::string_view> fields = SplitFields(line);
    // ": section" is no word of a category but the heading of a set of another kind.
    if (fields.size() != 2 || fields[0].empty() || fields[1].empty() || fields[0] == ":") {
      ThrowBadLine(path, number, "is not a word and its category, by a tab, a comma or spaces");
    }
    if (told == Told::kByContent && ParseScore(fields[1])) {
      ThrowBadLine(path, number, "has a number for a category, as lists of words' counts have");
    }
    words.push_back({std::string(fields[0]), std::string(fields[1])});
    categories.insert(fields[1]);
    if (told == Told::kByContent && categories.size() > kMostCategories) {
      ThrowBadLine(path, number,
                   "begins another category, after " + std::to_string(kMostCategories) +
                       ", as a dictionary does");
    }
  });
  if (words.empty()) return words;
  if (categories.size() < 2) {
    throw Error(ErrorKind::kDamaged, "cannot use '" + path +
                                         "': all its words are of the category '" +
                                         words.front().category + "', and it takes two or more");
  }
  if (categories.size() == words.size()) {
    throw Error(ErrorKind::kDamaged,
                "cannot use '" + path + "': no two of its words have the same category");
  }
  return words;
}

// Blocks of lines of one word each, with empty lines between them.
using WordBlocks = std::vector<std::vector<std::string>>;

std::vector<OddOneOutQuestion> PairBlocks(const WordBlocks& blocks, const std::string& path) {
  constexpr std::size_t kFewestTogether = 2;
  // Every odd one makes a copy of those that belong together; sets have eight of each.
  constexpr std::size_t kMostWords = 1'000'000;
  std::size_t word_count = 0;
  std::vector<OddOneOutQuestion> questions;
  if (blocks.size() % 2 != 0) {
    throw Error(ErrorKind::kDamaged,
                "cannot read '" + path +
                    "': it has one word a line, and so wants words that belong together, an empty "
                    "line, and odd ones");
  }
  for (std::size_t i = 0; i < blocks.size(); i += 2) {
    if (blocks[i].size() < kFewestTogether) {
      throw Error(ErrorKind::kDamaged,
                  "cannot read '" + path + "': '" + blocks[i].front() +
                      "' stands alone where two words or more belong together");
    }
    const std::size_t asked_together = blocks[i].size() + 1;
    if (blocks[i + 1].size() > (kMostWords - word_count) / asked_together) {
      throw Error(ErrorKind::kDamaged,
                  "cannot read '" + path +
                      "': its odd ones, each asked about with all words that " +
                      "belong together, make questions of more than " + std::to_string(kMostWords) +
                      " words in all");
    }
    word_count += blocks[i + 1].size() * asked_together;
    for (const std::string& odd : blocks[i + 1]) {
      questions.push_back({blocks[i]});
      questions.back().words.push_back(odd);
    }
  }
  return questions;
}

std::vector<OddOneOutQuestion> ParseOddOneOut(std::string_view text, const std::string& path,
                                              Told told) {
  constexpr std::size_t kFewestWords = 3;
  std::vector<OddOneOutQuestion> questions;
  WordBlocks blocks;
  std::size_t previous = 0;
  ForEachLine(text, [&](std::string_view line, std::size_t number) {
    const bool follows = previous + 1 == number;
    previous = number;
    if (line.front() == '#') return;
    if (line.front() == ':') ThrowBadLine(path, number, "is a section's, as analogies have");
    const std::vector<std::string_view> words = SplitAtSpaces(line);
    const bool is_block = words.size() == 1;
    if (!is_block && !blocks.empty()) {
      ThrowBadLine(path, number,
                   "has " + std::to_string(words.size()) + " words, and those before have one");
    }
    if (is_block ? !questions.empty() : words.size() < kFewestWords) {
      ThrowBadLine(path, number,
                   "has " + std::to_string(words.size()) + (is_block ? " word" : " words") +
                       "; a question has three or more, the last of which is the odd one");
    }
    if (!is_block) {
      questions.push_back({std::vector<std::string>(words.begin(), words.end())});
      if (told == Told::kByUser) return;
      if (words.size() != questions.front().words.size()) {
        ThrowBadLine(path, number, "has another number of words than those before");
      }
      if (LooksLikeScore(words.back())) {
        ThrowBadLine(path, number, "ends with a number, as judged pairs do");
      }
      return;
    }
    if (blocks.empty() || !follows) blocks.emplace_back();
    blocks.back().emplace_back(words.front());
  });
  if (!blocks.empty()) return PairBlocks(blocks, path);
  if (told == Told::kByContent && questions.size() == 1) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + path +
                                         "': its only line may be any text; two or more, of as "
                                         "many words, would tell");
  }
  return questions;
}

}  // namespace

std::vector<QuestionSection> ReadQuestionFile(const std::string& path) {
  return ParseQuestions(ReadWholeText(path), path);
}

std::vector<JudgedPair> ReadJudgedPairs(const std::string& path) {
  return ParseJudgedPairs(ReadWholeText(path), path);
}

std::vector<WordCategory> ReadCategories(const std::string& path) {
  return ParseCategories(ReadWholeText(path), path, Told::kByUser);
}

std::vector<OddOneOutQuestion> ReadOddOneOut(const std::string& path) {
  return ParseOddOneOut(ReadWholeText(path), path, Told::kByUser);
}

QuestionSet ReadQuestionSet(const std::string& path) {
  // Once only: it may be a pipe.
  const std::string text = ReadWholeText(path);
  std::string reasons;
  const auto try_as = [&](std::string_view kind, const auto& parse) {
    try {
      return parse(text, path);
    } catch (const Error& error) {
      reasons += "\n  as " + std::string(kind) + ": " + error.what();
      return decltype(parse(text, path)){};
    }
  };
  std::vector<JudgedPair> pairs = try_as("judged pairs", ParseJudgedPairs);
  if (!pairs.empty()) return pairs;
  std::vector<QuestionSection> sections = try_as("analogies", ParseQuestions);
  const bool has_questions =
      std::any_of(sections.begin(), sections.end(),
                  [](const QuestionSection& section) { return !section.questions.empty(); });
  if (has_questions) return sections;
  const auto told_by_content = [](const auto& parse) {
    return [&parse](std::string_view content, const std::string& name) {
      return parse(content, name, Told::kByContent);
    };
  };
  std::vector<WordCategory> words =
      try_as("words and categories", told_by_content(ParseCategories));
  if (!words.empty()) return words;
  std::vector<OddOneOutQuestion> odd_ones = try_as("odd ones out", told_by_content(ParseOddOneOut));
  if (!odd_ones.empty()) return odd_ones;
  throw Error(ErrorKind::kDamaged, "cannot evaluate with '" + path +
                                       "': it holds neither judged pairs nor analogies, words with "
                                       "their categories or odd ones out" +
                                       reasons);
}

}  // namespace wordkin::query
