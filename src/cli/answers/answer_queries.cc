#include "cli/answers/answer_queries.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "cli/answers/left_out_words.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/question_session.h"
#include "cli/answers/word_resolver.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::cli {
namespace {

// The most queries solved together; the exact scan gains nothing beyond eight at a time.
constexpr std::size_t kBatchQueries = 64;

// A query on its way: either all words are known, or 'failure' is its answer.
struct Entry {
  WordQuery query;
  Answer failure;
  bool is_known = false;
  std::string note = {};  // a line beside the answer, for people
};

// Why a query has no answer.
struct Fault {
  std::string reason;     // of a JSON object
  std::string in_line;    // behind a line of a batch
  std::string complaint;  // about a query of the command line
  std::string word = {};  // that is at fault
  std::optional<std::vector<std::string>> suggestions = std::nullopt;
  std::string hint = {};
};

bool IsSign(std::string_view word) { return word == "+" || word == "-"; }

// What to do with a word that is none: of an expression in quotes the program sees one word.
std::string SignHint(const std::string& word, const QueryShape& shape) {
  if (shape.kind != QueryKind::kOneWord || !shape.may_be_expression) return "";
  const std::vector<std::string> parts = SplitWords(word);
  if (std::ranges::none_of(parts, IsSign)) return "";
  if (parts.size() == 1) return "signs stand between words";
  return "words with + or - between them are asked with --query expression";
}

// A number, but one that 64 bits cannot hold.
bool IsBeyondReals(const std::string& text) {
  double ignored = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ignored);
  return error == std::errc::result_out_of_range && end == text.data() + text.size();
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + Printable(word);
  return text;
}

// What the rows of a store go by: words, or the ids of documents.
std::string CountedNames(const EmbeddingStore& store) {
  return store.texts() == nullptr ? Counted(store.size(), "word", "words")
                                  : Counted(store.size(), "document id", "document ids");
}

class QueryRun {
 public:
  QueryRun(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
           const Solver& solve, Console& console)
      : store_(store),
        shape_(shape),
        style_(style),
        solve_(solve),
        console_(console),
        resolver_(store) {}

  // 'words' are those of a query, or, of a sentence or vector, its text alone.
  Entry Resolve(std::vector<std::string> words, bool on_command_line);
  // Writes the answers of 'entries' in order.
  void Answer(std::vector<Entry>& entries);
  std::size_t unanswered() const { return unanswered_; }
  std::size_t unseen() const { return unseen_; }

 private:
  Entry ResolveWords(WordQuery query, bool on_command_line);
  Entry ResolveExpression(const std::vector<std::string>& tokens, bool on_command_line);
  Entry ResolveSentence(const std::string& text, bool on_command_line);
  Entry ResolveVector(const std::string& text, bool on_command_line) const;
  Entry Summed(WordQuery query, bool on_command_line) const;
  Entry Unknown(WordQuery query, const std::string& word, bool on_command_line) const;
  Entry WithoutDirection(WordQuery query, const std::string& word, bool on_command_line) const;
  Entry Malformed(WordQuery query, const std::string& reason, bool on_command_line) const;
  Entry Failed(WordQuery query, const Fault& fault, bool on_command_line) const;
  void NoteUnseen(const std::string& word, bool on_command_line);
  std::string NotAmong(const std::string& word) const;
  bool holds_documents() const { return store_.texts() != nullptr; }
  std::string HintAtSearch() const {
    return holds_documents() ? " ('wordkin search' asks for texts)" : "";
  }

  const EmbeddingStore& store_;
  const QueryShape& shape_;
  AnswerStyle style_;
  const Solver& solve_;
  Console& console_;
  WordResolver resolver_;
  std::size_t unanswered_ = 0;
  std::size_t unseen_ = 0;
};

Entry QueryRun::Resolve(std::vector<std::string> words, bool on_command_line) {
  if (words.empty()) {
    Entry entry = Malformed({}, on_command_line ? "it is empty" : "empty line", on_command_line);
    entry.failure.found = !on_command_line;
    return entry;
  }
  switch (shape_.kind) {
    case QueryKind::kExpression:
      return ResolveExpression(words, on_command_line);
    case QueryKind::kSentence:
      return ResolveSentence(words.front(), on_command_line);
    case QueryKind::kVector:
      return ResolveVector(words.front(), on_command_line);
    case QueryKind::kWords:
    case QueryKind::kOneWord:
      break;
  }
  return ResolveWords({.words = std::move(words), .resolved = {}}, on_command_line);
}

Entry QueryRun::ResolveWords(WordQuery query, bool on_command_line) {
  const std::size_t count = query.words.size();
  if (count < shape_.minimum_words || count > shape_.maximum_words) {
    return Malformed(std::move(query), std::string(shape_.wanted) + " wanted", on_command_line);
  }
  for (const std::string& word : query.words) {
    std::optional<query::QueryWord> resolved = resolver_.Resolve(word);
    if (!resolved) return Unknown(query, word, on_command_line);
    if (!query::HasDirection(store_, *resolved)) {
      return WithoutDirection(query, word, on_command_line);
    }
    if (resolved->is_unseen()) NoteUnseen(word, on_command_line);
    query.resolved.push_back(*std::move(resolved));
  }
  if (shape_.kind == QueryKind::kExpression) return Summed(std::move(query), on_command_line);
  return Entry{std::move(query), {}, true};
}

Entry QueryRun::ResolveExpression(const std::vector<std::string>& tokens, bool on_command_line) {
  WordQuery query;
  query.text = Joined(tokens);
  float sign = 1;
  bool wants_word = true;
  bool is_sound = true;
  for (const std::string& token : tokens) {
    const bool is_sign = IsSign(token);
    const bool begins = query.words.empty() && wants_word && sign > 0;
    is_sound &= is_sign != wants_word || (is_sign && begins);
    if (is_sign) {
      sign = token == "-" ? -1.0f : 1.0f;
    } else {
      query.words.push_back(token);
      query.signs.push_back(std::exchange(sign, 1.0f));
    }
    wants_word = is_sign;
  }
  if (!is_sound || wants_word) {
    return Malformed(std::move(query), "words with + or - between them wanted", on_command_line);
  }
  return ResolveWords(std::move(query), on_command_line);
}

Entry QueryRun::ResolveSentence(const std::string& text, bool on_command_line) {
  WordQuery query;
  query.text = text;
  const std::vector<std::string> words =
      resolver_.FoldsWords()
          ? contextual::WordTokenizer(resolver_.tokenizer()).Tokenize(text).pieces
          : SplitWords(text);
  for (const std::string& word : words) {
    std::optional<query::QueryWord> resolved = resolver_.Resolve(word);
    if (!resolved) {
      if (std::ranges::find(query.skipped, word) == query.skipped.end()) {
        query.skipped.push_back(word);
      }
      continue;
    }
    if (resolved->is_unseen()) NoteUnseen(word, /*on_command_line=*/false);
    query.words.push_back(word);
    query.resolved.push_back(*std::move(resolved));
  }
  if (query.words.empty()) {
    const std::string fault =
        std::string("none of its words is ") + (holds_documents() ? "a document id" : "known");
    const std::string asked = "'" + Printable(text) + "': ";
    return Failed(std::move(query), {fault, fault, asked + fault + HintAtSearch()},
                  on_command_line);
  }
  Entry entry = Summed(std::move(query), on_command_line);
  const std::vector<std::string>& skipped = entry.query.skipped;
  const bool is_told =
      entry.is_known && !skipped.empty() && style_ != AnswerStyle::kJson && !shape_.is_quiet;
  if (is_told) entry.note = LeftOutWords(skipped, QuoteExcerpt(text));
  return entry;
}

Entry QueryRun::ResolveVector(const std::string& text, bool on_command_line) const {
  WordQuery query;
  query.text = "(vector)";
  const std::vector<std::string> numbers = SplitWords(text);
  query::QueryWord vector;
  for (const std::string& number : numbers) {
    const std::optional<double> value = ParseReal(number);
    vector.unit_row.push_back(static_cast<float>(value.value_or(0)));
    if (!std::isfinite(vector.unit_row.back()) || (!value && IsBeyondReals(number))) {
      return Malformed(std::move(query), "'" + Printable(number) + "' does not fit 32 bits",
                       on_command_line);
    }
    if (!value) {
      return Malformed(std::move(query), "'" + Printable(number) + "' is no number",
                       on_command_line);
    }
  }
  if (numbers.size() != store_.dimension()) {
    return Malformed(std::move(query),
                     std::to_string(store_.dimension()) + " numbers wanted, not " +
                         std::to_string(numbers.size()),
                     on_command_line);
  }
  if (Normalize(vector.unit_row) == 0) {
    return Malformed(std::move(query), "the vector is zero and has no direction", on_command_line);
  }
  query.words = {query.text};
  query.resolved.push_back(std::move(vector));
  return Entry{std::move(query), {}, true};
}

// What rounding leaves of a sum that cancels out is no direction either.
Entry QueryRun::Summed(WordQuery query, bool on_command_line) const {
  constexpr float kRounding = 1e-6f;
  std::vector<float> sum = SumOfVectors(store_, query);
  if (Normalize(sum) > kRounding) return Entry{std::move(query), {}, true};
  return Malformed(std::move(query), "its vectors add up to zero, which has no direction",
                   on_command_line);
}

Entry QueryRun::Malformed(WordQuery query, const std::string& reason, bool on_command_line) const {
  const std::string asked = query.text.empty() ? Joined(query.words) : Printable(query.text);
  return Failed(std::move(query), {reason, reason, "'" + asked + "': " + reason}, on_command_line);
}

Entry QueryRun::Unknown(WordQuery query, const std::string& word, bool on_command_line) const {
  const std::string sign_hint = SignHint(word, shape_);
  std::vector<std::string> near;
  if (sign_hint.empty()) near = NearestWords(store_, word);
  const std::string fault = holds_documents() ? "unknown document id" : "unknown word";
  const std::string hint = sign_hint.empty() ? DidYouMean(near) : "; " + sign_hint;
  return Failed(std::move(query),
                {.reason = fault,
                 .in_line = fault + " '" + Printable(word) + "'" + hint,
                 .complaint = NotAmong(word) + HintAtSearch() + hint,
                 .word = word,
                 .suggestions = std::move(near),
                 .hint = sign_hint},
                on_command_line);
}

Entry QueryRun::WithoutDirection(WordQuery query, const std::string& word,
                                 bool on_command_line) const {
  const std::string vector = "the vector of '" + Printable(word) + "'";
  const std::string reason = " is zero and has no direction";
  return Failed(std::move(query),
                {.reason = "the word's vector" + reason,
                 .in_line = vector + reason,
                 .complaint = vector + " in '" + store_.path() + "'" + reason,
                 .word = word},
                on_command_line);
}

Entry QueryRun::Failed(WordQuery query, const Fault& fault, bool on_command_line) const {
  if (on_command_line) {
    console_.Flush();
    console_.Complain(fault.complaint);
  }
  cli::Answer answer{"", false};
  if (style_ == AnswerStyle::kJson) {
    Json json = JsonQuery(shape_, query);
    json["error"] = fault.reason;
    if (!fault.word.empty() && shape_.kind != QueryKind::kOneWord) json["word"] = fault.word;
    if (fault.suggestions) json["suggestions"] = *fault.suggestions;
    if (!fault.hint.empty()) json["hint"] = fault.hint;
    answer.text = JsonLine(json);
  } else if (!on_command_line) {
    const std::string asked = query.text.empty() ? Joined(query.words) : Printable(query.text);
    answer.text = asked.empty() ? "\n" : asked + "\t(" + fault.in_line + ")\n";
  }
  return Entry{std::move(query), std::move(answer), false};
}

std::string QueryRun::NotAmong(const std::string& word) const {
  return "'" + word + "' is not among the " + CountedNames(store_) + " of '" + store_.path() + "'";
}

// A batch gets one note at its end.
void QueryRun::NoteUnseen(const std::string& word, bool on_command_line) {
  ++unseen_;
  if (!on_command_line) return;
  console_.Note(NotAmong(word) + "; its vector is made of its subwords" +
                DidYouMean(NearestWords(store_, word, 1)));
}

void QueryRun::Answer(std::vector<Entry>& entries) {
  std::vector<WordQuery> known;
  for (Entry& entry : entries) {
    if (entry.is_known) known.push_back(std::move(entry.query));
  }
  const std::vector<cli::Answer> answers =
      known.empty() ? std::vector<cli::Answer>() : solve_(known);
  std::size_t next = 0;
  for (const Entry& entry : entries) {
    const cli::Answer& answer = entry.is_known ? answers[next++] : entry.failure;
    if (!entry.note.empty()) console_.Note(entry.note);
    console_.Write(answer.text);
    if (!answer.found) ++unanswered_;
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
  std::vector<Entry> entries;
  for (const std::vector<std::string>& words : queries) {
    entries.push_back(run.Resolve(words, true));
  }
  run.Answer(entries);
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
    std::vector<Entry> entries;
    for (const auto& [text, fault] : next) {
      if (!fault.empty()) {
        entries.push_back({{}, {FailedAnswer(text, fault, style), false}});
        continue;
      }
      std::vector<std::string> words;
      if (shape.kind == QueryKind::kWords || shape.kind == QueryKind::kExpression) {
        words = SplitWords(text);
      } else if (std::string line(TrimWhitespace(text)); !line.empty()) {
        words.push_back(std::move(line));
      }
      entries.push_back(run.Resolve(std::move(words), false));
    }
    run.Answer(entries);
  }
  if (run.unseen() > 0) {
    console.Flush();
    console.Note("for " + Counted(run.unseen(), "word", "words") + " not among the " +
                 Counted(store.size(), "word", "words") + " of '" + store.path() +
                 "' the vector is made of subwords");
  }
  if (run.unanswered() == 0) return kDone;
  console.Flush();
  console.Complain(WithThousands(run.unanswered()) + " of " + Counted(asked, "query", "queries") +
                   " went without an answer");
  return kNothingFound;
}

std::vector<float> SumOfVectors(const EmbeddingStore& store, const WordQuery& query) {
  std::vector<float> sum(store.dimension());
  std::vector<float> row(store.dimension());
  for (std::size_t i = 0; i < query.resolved.size(); ++i) {
    query::CopyUnitRow(store, query.resolved[i], row);
    AddScaled(sum, query.signs.empty() ? 1.0f : query.signs[i], row);
  }
  return sum;
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

Json JsonQuery(const QueryShape& shape, const WordQuery& query) {
  Json json;
  if (!query.text.empty()) {
    json["query"] = query.text;
  } else if (shape.kind == QueryKind::kWords) {
    json["query"] = query.words;
  } else {
    json["query"] = query.words.empty() ? "" : query.words.front();
  }
  if (!query.skipped.empty()) json["unknown"] = query.skipped;
  if (shape.kind == QueryKind::kVector) return json;
  Json unseen = Json::array();
  for (std::size_t i = 0; i < query.resolved.size(); ++i) {
    if (query.resolved[i].is_unseen()) unseen.push_back(query.words[i]);
  }
  // An answer that fails says which word is at fault.
  const bool is_answered = query.resolved.size() == query.words.size();
  if (is_answered && !unseen.empty()) json["unseen"] = std::move(unseen);
  return json;
}

}  // namespace wordkin::cli
