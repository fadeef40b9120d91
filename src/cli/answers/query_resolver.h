#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/answers/word_resolver.h"
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
  std::vector<float> vector = {};          // their sum, of length one; empty for kWords
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

// A query as it was found: either all its words are known, or 'failure' is its answer.
struct ResolvedQuery {
  WordQuery query;
  bool is_known = false;
  std::string failure = {};   // in the style asked for, with its line end
  bool does_no_harm = false;  // to the exit code, though it fails
  std::string note = {};      // a line beside the answer, for people
};

// Where a query's text comes from: a fault of the command line is complained of at once.
enum class QuerySource { kCommandLine, kBatch };

// A sign of an expression: "+" or "-".
bool IsSign(std::string_view word);

// Finds what queries ask about. All that is passed must outlive it.
class QueryResolver {
 public:
  QueryResolver(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
                Console& console)
      : store_(store), shape_(shape), style_(style), console_(console), words_(store) {}

  // 'words' are those of a query, or, of a sentence or vector, its text alone. A query with an
  // unknown word or one whose vector is zero, and one that is malformed, fails.
  ResolvedQuery Resolve(std::vector<std::string> words, QuerySource source);
  // Words so far that the store has not, and whose vectors their subwords made.
  std::size_t unseen() const { return unseen_; }

 private:
  struct Fault;

  ResolvedQuery ResolveWords(WordQuery query, std::span<const float> signs, QuerySource source);
  ResolvedQuery ResolveExpression(const std::vector<std::string>& tokens, QuerySource source);
  ResolvedQuery ResolveSentence(const std::string& text, QuerySource source);
  ResolvedQuery ResolveVector(const std::string& text, QuerySource source) const;
  ResolvedQuery Summed(WordQuery query, std::span<const float> signs, QuerySource source) const;
  ResolvedQuery Unknown(WordQuery query, const std::string& word, QuerySource source) const;
  ResolvedQuery WithoutDirection(WordQuery query, const std::string& word,
                                 QuerySource source) const;
  ResolvedQuery Malformed(WordQuery query, const std::string& reason, QuerySource source) const;
  ResolvedQuery Failed(WordQuery query, const Fault& fault, QuerySource source) const;
  void NoteUnseen(const std::string& word, QuerySource source);
  std::string NotAmong(const std::string& word) const;
  bool holds_documents() const { return store_.texts() != nullptr; }
  std::string HintAtSearch() const {
    return holds_documents() ? " ('wordkin search' asks for texts)" : "";
  }

  const EmbeddingStore& store_;
  const QueryShape& shape_;
  AnswerStyle style_;
  Console& console_;
  WordResolver words_;
  std::size_t unseen_ = 0;
};

// {"query": w} or {"query": [a, b, ...]}: how every JSON answer begins. Then, where there are some,
// "unseen": [...], the words that the store has not and whose vectors their subwords make, and
// "unknown": [...], those of a sentence that do not count.
Json JsonQuery(const QueryShape& shape, const WordQuery& query);

}  // namespace wordkin::cli
