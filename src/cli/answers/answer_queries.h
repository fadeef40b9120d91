#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/answers/query_resolver.h"
#include "cli/arguments.h"
#include "cli/console.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

struct Answer {
  std::string text;   // in the style asked for, with its line ends
  bool found = true;  // false: exit code 1
};

// What a command does with queries whose words are all known: as many answers, in order.
using Solver = std::function<std::vector<Answer>(std::span<const WordQuery>)>;

// Where the queries of a command come from: its words after FILE, or standard input when there are
// none or one "-". Throws kUsage when "-" stands among words, and instead of reading in a
// QuestionSession.
bool ReadsStandardInput(const Arguments& arguments);
AnswerStyle StyleFor(const Arguments& arguments, const Console& console);

// Answers 'queries', those of the command line. A query with an unknown word or one whose vector is
// zero, and one that is malformed, fails alone: it is complained of, and has an object in JSON.
// Unseen words that subwords make and those of sentences that do not count are noted.
// Returns kDone, or kNothingFound when a query went without answer.
int AnswerGivenQueries(const EmbeddingStore& store, const QueryShape& shape,
                       const std::vector<std::vector<std::string>>& queries, AnswerStyle style,
                       const Solver& solve, Console& console);

// The same for the lines of standard input, one answer a line, until its end. An empty line is
// answered by an error too, and does no harm to the exit code.
int AnswerBatch(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
                const Solver& solve, Console& console);

// What stands for an answer in a batch: what was asked, and why there is none.
std::string FailedAnswer(const std::string& asked, const std::string& reason, AnswerStyle style);

// A whole command with the arguments FILE [WORD...], each of whose queries has an answer of its own
// that needs no search. Throws kUsage, in the name of 'command', when there are words but no query.
using TextOfAnswer =
    std::function<std::string(const EmbeddingStore&, const WordQuery&, AnswerStyle)>;
int AnswerOneByOne(std::string_view command, const Arguments& arguments, const QueryShape& shape,
                   const TextOfAnswer& text_of_answer, Console& console);

}  // namespace wordkin::cli
