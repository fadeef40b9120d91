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

struct WordCategory {
  std::string word;
  std::string category;
};

struct OddOneOutQuestion {
  std::vector<std::string> words;  // three or more; the last is the odd one
};

// All take CRLF, a byte order mark and empty lines as they come. Throw kInputOutput, or kDamaged
// naming the line that is wrong. Lines that begin with '#' are comments, but not of analogies.

// ": section" lines, then four words a line by white space. Questions before any such line belong
// to a section named "".
std::vector<QuestionSection> ReadQuestionFile(const std::string& path);

// Two words and a score a line, by tabs, else commas, else spaces; further fields are ignored.
// A first line whose third field is no number is a heading.
std::vector<JudgedPair> ReadJudgedPairs(const std::string& path);

// A word and its category a line, by tabs, else commas, else spaces. Throws kDamaged too when there
// are fewer than two categories, or as many as words.
std::vector<WordCategory> ReadCategories(const std::string& path);

// Three words or more a line, by white space, the last the odd one. Or a word a line, as in the
// 8-8-8 set (Camacho-Collados, Navigli 2016): words that belong together, an empty line, odd ones,
// each of which is a question with all that belong together; then, after another, more of the like.
std::vector<OddOneOutQuestion> ReadOddOneOut(const std::string& path);

using QuestionSet = std::variant<std::vector<QuestionSection>, std::vector<JudgedPair>,
                                 std::vector<WordCategory>, std::vector<OddOneOutQuestion>>;

// Any of them, known by content: what would do for several is judged pairs, else analogies. To be
// told from other text, categories must not be numbers, nor more than a thousand; and odd ones out
// must be no numbers, in two lines or more that all have as many words. Throws kDamaged when it is
// none of them, or empty.
QuestionSet ReadQuestionSet(const std::string& path);

}  // namespace wordkin::query
