#include "cli/answer_queries.h"

#include <unistd.h>

#include <algorithm>
#include <optional>

#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/open_vectors.h"
#include "cli/query_lines.h"
#include "cli/stored_provenance.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin::cli {
namespace {

// The most queries solved together; the exact scan gains nothing beyond eight at a time.
constexpr std::size_t kBatchQueries = 64;

// A query on its way: either all words are known, or 'failure' is its answer.
struct Entry {
  WordQuery query;
  Answer failure;
  bool is_known = false;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + Printable(word);
  return text;
}

class QueryRun {
 public:
  QueryRun(const EmbeddingStore& store, const QueryShape& shape, AnswerStyle style,
           const Solver& solve, Console& console)
      : store_(store), shape_(shape), style_(style), solve_(solve), console_(console) {}

  Entry Resolve(std::vector<std::string> words, bool on_command_line);
  // Writes the answers of 'entries' in order.
  void Answer(std::vector<Entry>& entries);
  std::size_t unanswered() const { return unanswered_; }
  std::size_t unseen() const { return unseen_; }

 private:
  std::optional<query::QueryWord> ResolveWord(const std::string& word);
  bool FoldsWords();
  Entry Unknown(WordQuery query, const std::string& word, bool on_command_line) const;
  Entry Malformed(WordQuery query, const std::string& reason) const;
  void NoteUnseen(const std::string& word, bool on_command_line);
  std::string NotAmong(const std::string& word) const;

  const EmbeddingStore& store_;
  const QueryShape& shape_;
  AnswerStyle style_;
  const Solver& solve_;
  Console& console_;
  std::optional<bool> folds_words_;  // read when it is first asked
  std::size_t unanswered_ = 0;
  std::size_t unseen_ = 0;
};

Entry QueryRun::Resolve(std::vector<std::string> words, bool on_command_line) {
  WordQuery query{std::move(words), {}};
  const std::size_t count = query.words.size();
  if (count == 0) {
    Entry entry = Malformed(std::move(query), "empty line");
    entry.failure.found = true;
    return entry;
  }
  if (count < shape_.minimum_words || count > shape_.maximum_words) {
    return Malformed(std::move(query), std::string(shape_.wanted) + " wanted");
  }
  for (const std::string& word : query.words) {
    std::optional<query::QueryWord> resolved = ResolveWord(word);
    if (!resolved) return Unknown(query, word, on_command_line);
    if (resolved->is_unseen()) NoteUnseen(word, on_command_line);
    query.resolved.push_back(*std::move(resolved));
  }
  return Entry{std::move(query), {}, true};
}

// As the store's own tokenizer would have written the word: 'Straße' was learnt as 'strasse'.
std::optional<query::QueryWord> QueryRun::ResolveWord(const std::string& word) {
  if (const std::optional<WordId> id = store_.Find(word)) return query::QueryWord(*id);
  if (!IsValidUtf8(word) || !FoldsWords()) return query::ResolveWord(store_, word);
  std::string folded;
  AppendFolded(word, folded);
  return query::ResolveWord(store_, folded);
}

bool QueryRun::FoldsWords() {
  if (!folds_words_) {
    const Json provenance = ReadProvenance(store_);
    const auto tokenizer = provenance.find("tokenizer");
    folds_words_ =
        tokenizer != provenance.end() && (*tokenizer == "words" || *tokenizer == "characters");
  }
  return *folds_words_;
}

Entry QueryRun::Malformed(WordQuery query, const std::string& reason) const {
  cli::Answer answer{"", false};
  if (style_ == AnswerStyle::kJson) {
    Json json = JsonQuery(shape_, query);
    json["error"] = reason;
    answer.text = JsonLine(json);
  } else {
    answer.text = query.words.empty() ? "\n" : Joined(query.words) + "\t(" + reason + ")\n";
  }
  return Entry{std::move(query), std::move(answer), false};
}

Entry QueryRun::Unknown(WordQuery query, const std::string& word, bool on_command_line) const {
  const std::vector<std::string> near = NearestWords(store_, word);
  cli::Answer answer{"", false};
  if (on_command_line) {
    console_.Flush();
    console_.Complain(NotAmong(word) + DidYouMean(near));
  }
  if (style_ == AnswerStyle::kJson) {
    Json json = JsonQuery(shape_, query);
    json["error"] = "unknown word";
    if (!shape_.line_is_one_word) json["word"] = word;
    json["suggestions"] = near;
    answer.text = JsonLine(json);
  } else if (!on_command_line) {
    answer.text = Joined(query.words) + "\t(unknown word '" + Printable(word) + "'" +
                  DidYouMean(near) + ")\n";
  }
  return Entry{std::move(query), std::move(answer), false};
}

std::string QueryRun::NotAmong(const std::string& word) const {
  return "'" + word + "' is not among the " + Counted(store_.size(), "word", "words") + " of '" +
         store_.path() + "'";
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
    console_.Write(answer.text);
    if (!answer.found) ++unanswered_;
  }
}

}  // namespace

bool ReadsStandardInput(const Arguments& arguments) {
  const auto first = arguments.positionals().begin() + 1;
  const auto end = arguments.positionals().end();
  if (first == end) return true;
  if (std::find(first, end, "-") == end) return false;
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
    const std::vector<std::string> texts = lines.Next(kBatchQueries);
    if (texts.empty()) break;
    asked += texts.size();
    std::vector<Entry> entries;
    for (const std::string& text : texts) {
      std::vector<std::string> words;
      if (!shape.line_is_one_word) {
        words = SplitWords(text);
      } else if (std::string word(TrimWhitespace(text)); !word.empty()) {
        words.push_back(std::move(word));
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
  if (!shape.line_is_one_word) {
    json["query"] = query.words;
  } else {
    json["query"] = query.words.empty() ? "" : query.words.front();
  }
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
