#include "query/evaluation/question_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
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

std::vector<std::string_view> SplitJudgedPair(std::string_view line) {
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
    const std::vector<std::string_view> fields = SplitJudgedPair(line);
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

}  // namespace

std::vector<QuestionSection> ReadQuestionFile(const std::string& path) {
  return ParseQuestions(ReadWholeText(path), path);
}

std::vector<JudgedPair> ReadJudgedPairs(const std::string& path) {
  return ParseJudgedPairs(ReadWholeText(path), path);
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
  throw Error(ErrorKind::kDamaged, "cannot evaluate with '" + path +
                                       "': it holds neither analogies nor judged pairs" + reasons);
}

}  // namespace wordkin::query
