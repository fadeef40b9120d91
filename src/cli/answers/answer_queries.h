#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"

namespace wordkin::cli {

// How an answer is written: for people; a line of a batch, fields separated by tabs; a JSON object.
enum class AnswerStyle { kReadable, kLine, kJson };

// What the text of a query is.
enum class QueryKind {
  kWords,
  kOneWord,     // whatever white space is in it
  kExpression,  // "king - man + woman": words with signs between them, apart from the words
  kSentence,    // words as the store's tokenizer cuts them; those that are unknown do not count
  kVector,      // as many numbers as the store's vectors have
};

struct WordQuery {
  std::vector<std::string> words;
  std::vector<query::QueryWord> resolved;  // the words, known or made of their subwords, none zero
  std::vector<float> signs = {};           // of the words of an expression; else empty: all 1
  std::string text = {};                   // as it was asked; empty for words
  std::vector<std::string> skipped = {};   // unknown words of a sentence, each once
};

// What a command asks of a query.
struct QueryShape {
  std::size_t minimum_words = 1;
  std::size_t maximum_words = Command::kUnlimited;
  std::string_view wanted;  // "three words", for messages
  QueryKind kind = QueryKind::kWords;
  bool may_be_expression = false;  // the command has --query expression
  bool is_quiet = false;           // about unknown words of a sentence
};

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

// The sum of the words' unit vectors, with their signs: (dimension).
std::vector<float> SumOfVectors(const EmbeddingStore& store, const WordQuery& query);

// What stands for an answer in a batch: what was asked, and why there is none.
std::string FailedAnswer(const std::string& asked, const std::string& reason, AnswerStyle style);

// A whole command with the arguments FILE [WORD...], each of whose queries has an answer of its own
// that needs no search. Throws kUsage, in the name of 'command', when there are words but no query.
using TextOfAnswer =
    std::function<std::string(const EmbeddingStore&, const WordQuery&, AnswerStyle)>;
int AnswerOneByOne(std::string_view command, const Arguments& arguments, const QueryShape& shape,
                   const TextOfAnswer& text_of_answer, Console& console);

// {"query": w} or {"query": [a, b, ...]}: how every JSON answer begins. Then, where there are some,
// "unseen": [...], the words that the store has not and whose vectors their subwords make, and
// "unknown": [...], those of a sentence that do not count.
Json JsonQuery(const QueryShape& shape, const WordQuery& query);

}  // namespace wordkin::cli
