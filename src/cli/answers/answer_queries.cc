#include "cli/answers/answer_queries.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "cli/answers/open_vectors.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/question_session.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

// The most queries solved together; the exact scan gains nothing beyond eight at a time.
constexpr std::size_t kBatchQueries = 64;

class QueryRun {
 public:
  QueryRun(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
           const Solver& solve, Console& console)
      : solve_(solve), console_(console), resolver_(store, shape, style, console) {}

  QueryResolver& resolver() { return resolver_; }
  // Writes the answers in order.
  void Answer(std::vector<ResolvedQuery>& queries);
  std::size_t unanswered() const { return unanswered_; }

 private:
  const Solver& solve_;
  Console& console_;
  QueryResolver resolver_;
  std::size_t unanswered_ = 0;
};

void QueryRun::Answer(std::vector<ResolvedQuery>& queries) {
  std::vector<WordQuery> known;
  for (ResolvedQuery& each : queries) {
    if (each.is_known) known.push_back(std::move(each.query));
  }
  const std::vector<cli::Answer> answers =
      known.empty() ? std::vector<cli::Answer>() : solve_(known);
  std::size_t next = 0;
  for (const ResolvedQuery& each : queries) {
    if (!each.note.empty()) console_.Note(each.note);
    if (each.is_known) {
      const cli::Answer& answer = answers[next++];
      console_.Write(answer.text);
      unanswered_ += answer.found ? 0 : 1;
    } else {
      console_.Write(each.failure);
      unanswered_ += each.does_no_harm ? 0 : 1;
    }
  }
}

}  // namespace

bool ReadsStandardInput(const Arguments& arguments) {
  const auto first = arguments.positionals().begin() + 1;
  const auto end = arguments.positionals().end();
  const bool has_words = first != end;
  if (has_words && std::find(first, end, "-") == end) return false;
  if (QuestionSession::Current() != nullptr) {
    const std::string name(arguments.command().name);
    throw Error(ErrorKind::kUsage,
                has_words ? "'-' stands for standard input, and that is the shell's"
                          : "'" + name + "' lacks its words" + SeeHelp(arguments.command()));
  }
  if (!has_words) return true;
  if (end - first == 1) return true;
  throw Error(ErrorKind::kUsage,
              "'-' stands for standard input and cannot be mixed with words; to ask about the word "
              "'-' itself, send it there");
}

AnswerStyle StyleFor(const Arguments& arguments, const Console& console) {
  if (arguments.Has("json")) return AnswerStyle::kJson;
  if (!ReadsStandardInput(arguments)) return AnswerStyle::kReadable;
  // A person at the keyboard gets what a person reads.
  const bool is_conversation = ::isatty(0) == 1 && console.output_is_terminal();
  return is_conversation ? AnswerStyle::kReadable : AnswerStyle::kLine;
}

int AnswerGivenQueries(const EmbeddingStore& store, const QueryShape& shape,
                       const std::vector<std::vector<std::string>>& queries, AnswerStyle style,
                       const Solver& solve, Console& console) {
  QueryRun run(store, shape, style, solve, console);
  std::vector<ResolvedQuery> resolved;
  for (const std::vector<std::string>& words : queries) {
    resolved.push_back(run.resolver().Resolve(words, QuerySource::kCommandLine));
  }
  run.Answer(resolved);
  return run.unanswered() == 0 ? kDone : kNothingFound;
}

int AnswerBatch(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
                const Solver& solve, Console& console) {
  if (::isatty(0) == 1) {
    console.Note("Reading from the terminal: " + std::string(shape.wanted) +
                 " a line; Ctrl-D ends.");
  }
  QueryRun run(store, shape, style, solve, console);
  QueryLines lines(console);
  std::size_t asked = 0;
  while (true) {
    const std::vector<QueryLine> next = lines.Next(kBatchQueries);
    if (next.empty()) break;
    asked += next.size();
    std::vector<ResolvedQuery> resolved;
    for (const auto& [text, fault] : next) {
      if (!fault.empty()) {
        resolved.push_back({.query = {}, .failure = FailedAnswer(text, fault, style)});
        continue;
      }
      std::vector<std::string> words;
      if (shape.kind == QueryKind::kWords || shape.kind == QueryKind::kExpression) {
        words = SplitWords(text);
      } else if (std::string line(TrimWhitespace(text)); !line.empty()) {
        words.push_back(std::move(line));
      }
      resolved.push_back(run.resolver().Resolve(std::move(words), QuerySource::kBatch));
    }
    run.Answer(resolved);
  }
  if (run.resolver().unseen() > 0) {
    console.Flush();
    console.Note("for " + Counted(run.resolver().unseen(), "word", "words") + " not among the " +
                 Counted(store.size(), "word", "words") + " of '" + store.path() +
                 "' the vector is made of subwords");
  }
  if (run.unanswered() == 0) return kDone;
  console.Flush();
  console.Complain(WithThousands(run.unanswered()) + " of " + Counted(asked, "query", "queries") +
                   " went without an answer");
  return kNothingFound;
}

std::string FailedAnswer(const std::string& asked, const std::string& reason, AnswerStyle style) {
  if (style != AnswerStyle::kJson) return Printable(asked) + "\t(" + Printable(reason) + ")\n";
  Json json;
  json["query"] = asked;
  json["error"] = reason;
  return JsonLine(json);
}

int AnswerOneByOne(std::string_view command, const Arguments& arguments, const QueryShape& shape,
                   const TextOfAnswer& text_of_answer, Console& console) {
  const bool is_batch = ReadsStandardInput(arguments);
  const std::vector<std::string> words(arguments.positionals().begin() + 1,
                                       arguments.positionals().end());
  if (!is_batch && (words.size() < shape.minimum_words || words.size() > shape.maximum_words)) {
    throw Error(ErrorKind::kUsage,
                std::string(command) + " wants " + std::string(shape.wanted) + " after the file");
  }
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const AnswerStyle style = StyleFor(arguments, console);
  const Solver solve = [&](std::span<const WordQuery> queries) {
    std::vector<Answer> answers;
    for (const WordQuery& query : queries) {
      answers.push_back({text_of_answer(store, query, style), true});
    }
    return answers;
  };
  if (is_batch) return AnswerBatch(store, shape, style, solve, console);
  return AnswerGivenQueries(store, shape, {words}, style, solve, console);
}

}  // namespace wordkin::cli
