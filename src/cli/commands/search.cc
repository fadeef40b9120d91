#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/answers/answer_queries.h"
#include "cli/answers/left_out_words.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/search_choice.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/documents/document_embedder.h"
#include "cli/documents/document_settings.h"
#include "cli/documents/found_documents.h"
#include "cli/encoding/encoder_options.h"
#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "query/documents/document_search.h"

namespace wordkin::cli {
namespace search_command {
namespace {

// Asked together: the exact scan gains nothing beyond eight, an encoder by full tiles.
constexpr std::size_t kQueriesAtOnce = 64;

class SearchRun {
 public:
  SearchRun(const Arguments& arguments, bool is_batch, Console& console)
      : console_(console),
        is_batch_(is_batch),
        is_quiet_(arguments.Has("quiet")),
        style_(is_batch                ? StyleFor(arguments, console)
               : arguments.Has("json") ? AnswerStyle::kJson
                                       : AnswerStyle::kReadable),
        documents_(arguments.positionals().front()),
        settings_(ReadDocumentSettings(documents_)),
        index_(ChooseIndex(documents_, arguments, {.is_batch = is_batch, .may_limit_words = false},
                           console)),
        opened_(OpenEmbedderOf(documents_, settings_, arguments, ChosenThreads(arguments),
                               is_batch || is_quiet_ ? nullptr : &console)),
        question_{.count = AnswerCount(arguments), .least_score = arguments.Real("min-score")},
        writer_(documents_, console) {}

  int AnswerGiven(const std::vector<std::string>& queries) {
    for (const std::string& query : queries) {
      if (TrimWhitespace(query).empty()) {
        throw Error(ErrorKind::kUsage, "a text to search for is empty");
      }
    }
    Answer(queries, queries.size() > 1);
    return unanswered_ == 0 ? kDone : kNothingFound;
  }

  int AnswerLines() {
    if (::isatty(0) == 1) {
      console_.Note("Reading from the terminal: a text to search for a line; Ctrl-D ends.");
    }
    QueryLines lines(console_);
    std::size_t asked = 0;
    for (auto next = lines.Next(kQueriesAtOnce); !next.empty(); next = lines.Next(kQueriesAtOnce)) {
      asked += next.size();
      AnswerLines(next);
    }
    if (unanswered_ == 0) return kDone;
    console_.Flush();
    console_.Complain(WithThousands(unanswered_) + " of " + Counted(asked, "query", "queries") +
                      " went without an answer");
    return kNothingFound;
  }

 private:
  void AnswerLines(std::vector<QueryLine>& lines) {
    std::vector<std::string> queries;
    for (QueryLine& line : lines) {
      if (line.fault.empty()) {
        queries.push_back(std::move(line.text));
        continue;
      }
      Answer(std::exchange(queries, {}), /*with_headings=*/true);
      ++unanswered_;
      console_.Write(FailedAnswer(line.text, line.fault, style_));
    }
    Answer(queries, /*with_headings=*/true);
  }

  void Answer(const std::vector<std::string>& queries, bool with_headings) {
    if (queries.empty()) return;
    std::vector<std::string> texts;
    for (const std::string& query : queries) texts.push_back(RepairUtf8(query));
    const std::vector<query::DocumentAnswer> answers =
        query::FindDocuments(*index_, *opened_.embedder, texts, question_);
    for (std::size_t i = 0; i < texts.size(); ++i) Write(texts[i], answers[i], with_headings);
  }

  void Write(const std::string& text, const query::DocumentAnswer& answer, bool with_headings) {
    const bool is_empty_line = TrimWhitespace(text).empty();
    // As other commands do: an empty line is answered, and does no harm to the exit code.
    if (answer.found.empty() && !is_empty_line) ++unanswered_;
    // Looked up where they are shown alone.
    const bool shows_unknown = style_ == AnswerStyle::kJson || !answer.is_understood || !is_quiet_;
    const std::vector<std::string> unknown =
        shows_unknown ? opened_.embedder->UnknownWords(text) : std::vector<std::string>();
    if (style_ == AnswerStyle::kJson) {
      return writer_.WriteJson(text, unknown, index_->name(), answer);
    }
    if (!answer.is_understood) return WriteNotUnderstood(text, unknown);
    if (!unknown.empty() && !is_quiet_) console_.Note(LeftOutWords(unknown, QuoteExcerpt(text)));
    if (style_ == AnswerStyle::kLine) return writer_.WriteFields(text, answer);
    if (with_headings) console_.Write(console_.Bold(Printable(text)) + "\n");
    writer_.WriteReadable(answer);
  }

  void WriteNotUnderstood(const std::string& text, const std::vector<std::string>& unknown) {
    const std::string reason(NotUnderstood(unknown));
    if (!is_batch_) {
      console_.Flush();
      return console_.Complain("'" + Printable(text) + "': " + reason);
    }
    console_.Write(TrimWhitespace(text).empty() ? "\n" : Printable(text) + "\t(" + reason + ")\n");
  }

  Console& console_;
  bool is_batch_;
  bool is_quiet_;
  AnswerStyle style_;
  EmbeddingStore documents_;
  DocumentSettings settings_;
  std::unique_ptr<query::VectorIndex> index_;
  OpenedEmbedder opened_;
  query::DocumentQuestion question_;
  FoundDocumentsWriter writer_;
  std::size_t unanswered_ = 0;
};

int Run(const Arguments& arguments, Console& console) {
  const bool is_batch = ReadsStandardInput(arguments);
  SearchRun run(arguments, is_batch, console);
  if (is_batch) return run.AnswerLines();
  return run.AnswerGiven({arguments.positionals().begin() + 1, arguments.positionals().end()});
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file that 'wordkin embed-text' made"},
    {"[TEXT...]", "what to search for, each in quotes; none or '-': one a line from standard input",
     ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"search docs.kin \"a cold river in spring\"", "the ten documents nearest to a text"},
    {"search docs.kin \"cold river\" -k 3 --json", "the three nearest, whole, for a program"},
    {"search docs.kin --min-score 0.5 < questions.txt",
     "of every line of a file what comes near enough"},
    {"search docs.kin \"cold river\" --vectors moved/v.kin", "when the word vectors were moved"},
};
constexpr Option kOptions[] = {
    Described(kCountOption, "how many documents to answer with"),
    {.name = "min-score",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "-1",
     .description = "answer only with documents whose cosine is X or more",
     .lowest = -1,
     .highest = 1},
    Described(
        kSearchOption,
        "exact compares with every document; hnsw follows the graph in the file; auto is exact, "
        "but with --effort, and for standard input where the graph costs less"),
    kEffortOption,
    Described(kRecallOption,
              "share of the nearest documents that hnsw is to find, as measured when the graph was "
              "built; exact finds all"),
    kMovedVectorsOption,
    Described(kEncoderOption, "where the encoder is now that the texts were embedded with"),
    kThreadsOption,
    kJsonOption,
    kQuietNotesOption,
};

}  // namespace
}  // namespace search_command

const Command kSearchCommand = {
    .name = "search",
    .summary = "find the texts nearest to a text",
    .description =
        "Asks a file that 'wordkin embed-text' made; it knows the word vectors or the encoder that "
        "its texts were embedded with. Scores are cosines: 1 is the same direction. On a terminal "
        "texts are cut to its width. A batch from standard input is answered with a line for each "
        "document found: the question, the score, the id and the text, separated by tabs.",
    .positionals = search_command::kPositionals,
    .minimum_positionals = 1,
    .examples = search_command::kExamples,
    .options = search_command::kOptions,
    .run = search_command::Run,
};

}  // namespace wordkin::cli
