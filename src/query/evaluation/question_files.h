#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

namespace wordkin::query {

struct QuestionSection {
  std::string name;
  std::vector<std::array<std::string, 4>> questions;
};

struct JudgedPair {
  std::string a;
  std::string b;
  double score;
};

// Both take CRLF, a byte order mark and empty lines as they come. Throw kInputOutput, or kDamaged
// naming the line that is wrong.

// ": section" lines, then four words a line by white space. Questions before any such line belong
// to a section named "".
std::vector<QuestionSection> ReadQuestionFile(const std::string& path);

// Two words and a score a line, by tabs, else commas, else spaces; further fields are ignored.
// Lines that begin with '#' are comments; a first line whose third field is no number is a heading.
std::vector<JudgedPair> ReadJudgedPairs(const std::string& path);

using QuestionSet = std::variant<std::vector<QuestionSection>, std::vector<JudgedPair>>;

// Either of the two, known by content; what would do for both is judged pairs. Throws kDamaged when
// it is neither, or empty.
QuestionSet ReadQuestionSet(const std::string& path);

}  // namespace wordkin::query
