#include "query/question_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>

#include "common/support/error.h"
#include "common/text/byte_source.h"

namespace wordkin::query {
namespace {

constexpr std::string_view kSpaces = " \t\r\v\f";

std::string ReadText(const std::string& path) {
  constexpr std::size_t kChunkBytes = 1 << 16;
  const std::unique_ptr<ByteSource> source = OpenByteSource(path);
  std::string text;
  std::size_t bytes_read = kChunkBytes;
  while (bytes_read == kChunkBytes) {
    const std::size_t length = text.size();
    text.resize(length + kChunkBytes);
    bytes_read = source->Read({text.data() + length, kChunkBytes});
    text.resize(length + bytes_read);
  }
  return text;
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

// Calls visit(line, number) for every line that is not blank, trimmed; numbers count from 1.
void ForEachLine(std::string_view text,
                 const std::function<void(std::string_view, std::size_t)>& visit) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) visit(line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<std::string_view> SplitAtSpaces(std::string_view line) {
  std::vector<std::string_view> fields;
  for (line = Trim(line); !line.empty(); line = Trim(line)) {
    const std::size_t end = std::min(line.find_first_of(kSpaces), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return fields;
}

std::vector<std::string_view> SplitAt(char separator, std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = line.find(separator);
    fields.push_back(Trim(line.substr(0, end)));
    if (end != std::string_view::npos) line.remove_prefix(end + 1);
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
      sections.push_back({std::string(Trim(line.substr(1))), {}});
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
  return ParseQuestions(ReadText(path), path);
}

std::vector<JudgedPair> ReadJudgedPairs(const std::string& path) {
  return ParseJudgedPairs(ReadText(path), path);
}

QuestionSet ReadQuestionSet(const std::string& path) {
  // Once only: it may be a pipe.
  const std::string text = ReadText(path);
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
