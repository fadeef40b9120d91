#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/answers/answer_queries.h"
#include "cli/answers/left_out_words.h"
#include "cli/answers/listed_words.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/ranked_words.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_lines.h"
#include "query/questions/word_association.h"

namespace wordkin::cli {
namespace relation_command {
namespace {

// The paths of X, Y, A and B.
using Paths = std::array<std::string, 4>;

struct Lists {
  std::array<ListedWords, 4> of;

  std::vector<std::string> Unknown() const {
    std::vector<std::string> unknown;
    for (const ListedWords& list : of) {
      unknown.insert(unknown.end(), list.unknown.begin(), list.unknown.end());
    }
    return unknown;
  }
};

// A word of both sides would say nothing, and is a mistake.
void RefuseCommonWord(const ListedWords& a, const ListedWords& b, const std::string& path_a,
                      const std::string& path_b) {
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    for (std::size_t j = 0; j < b.words.size(); ++j) {
      const bool is_same = a.resolved[i].is_unseen() ? a.words[i] == b.words[j]
                                                     : a.resolved[i].id == b.resolved[j].id;
      if (!is_same) continue;
      throw Error(ErrorKind::kDamaged, "cannot set '" + path_a + "' against '" + path_b + "': '" +
                                           Printable(a.words[i]) + "' is in both");
    }
  }
}

Lists ReadLists(const Paths& paths, WordResolver& resolver) {
  Lists lists;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    lists.of[i] = ReadListedWords(paths[i], resolver);
    if (i < 2 && lists.of[i].words.size() < 2) {
      throw Error(ErrorKind::kNotFound, "of the words of '" + paths[i] + "' only '" +
                                            Printable(lists.of[i].words[0]) +
                                            "' is known; a target wants two words or more");
    }
  }
  RefuseCommonWord(lists.of[0], lists.of[1], paths[0], paths[1]);
  RefuseCommonWord(lists.of[2], lists.of[3], paths[2], paths[3]);
  return lists;
}

std::vector<ScoredWord> Scored(const ListedWords& list, std::span<const double> associations) {
  std::vector<ScoredWord> scored;
  for (std::size_t i = 0; i < associations.size(); ++i) {
    scored.push_back({list.words[i], static_cast<float>(associations[i])});
  }
  return scored;
}

std::string WriteJson(const Paths& paths, const Lists& lists, const query::AssociationTest& test) {
  Json json;
  json["targets"] = {paths[0], paths[1]};
  json["attributes"] = {paths[2], paths[3]};
  json["statistic"] = JsonNumber(test.statistic);
  json["effect_size"] = JsonNumber(test.effect_size);
  json["p_value"] = JsonNumber(test.p_value);
  json["exact"] = test.is_exact;
  json["partitions"] = test.partition_count;
  json["words"] = Json::array();
  for (const ListedWords& list : lists.of) json["words"].push_back(list.words.size());
  json["unknown"] = lists.Unknown();
  json["associations"] = Json::array();
  json["associations"].push_back(RankedJson(Scored(lists.of[0], test.of_x)));
  json["associations"].push_back(RankedJson(Scored(lists.of[1], test.of_y)));
  return JsonLine(json);
}

// There is none where all words are alike.
std::string EffectSize(const query::AssociationTest& test) {
  return std::isnan(test.effect_size) ? "none" : FixedPoint(test.effect_size, 4);
}

std::string WriteLine(const Paths& paths, const query::AssociationTest& test) {
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : " ") + Printable(path);
  return text + "\t" + EffectSize(test) + "\t" + FixedPoint(test.statistic, 4) + "\t" +
         ShortNumber(test.p_value) + "\n";
}

std::string WriteReadable(const Paths& paths, const Lists& lists,
                          const query::AssociationTest& test, const Console& console) {
  const auto target = [&](std::size_t side, std::span<const double> associations) {
    return console.Bold(Printable(paths[side])) + "\n" +
           console.Dim(RankedReadable(Scored(lists.of[side], associations)));
  };
  return "effect size  " + EffectSize(test) + "\n" +               //
         "statistic    " + FixedPoint(test.statistic, 4) + "\n" +  //
         "p-value      " + ShortNumber(test.p_value) + "  (one-sided, of " +
         (test.is_exact ? "all " + Counted(test.partition_count, "partition", "partitions")
                        : WithThousands(test.partition_count) + " partitions drawn at random") +
         ")\n" + target(0, test.of_x) + target(1, test.of_y);
}

class RelationRun {
 public:
  RelationRun(const EmbeddingStore& store, const Arguments& arguments, AnswerStyle style,
              Console& console)
      : store_(store),
        options_{.most_partitions = arguments.Integer("partitions"),
                 .seed = arguments.Integer("seed")},
        style_(style),
        is_quiet_(arguments.Has("quiet")),
        console_(console),
        resolver_(store) {}

  // Throws as ReadListedWords does.
  void Answer(const Paths& paths) {
    const Lists lists = ReadLists(paths, resolver_);
    const query::AssociationTest test = query::TestAssociation(
        store_,
        {lists.of[0].resolved, lists.of[1].resolved, lists.of[2].resolved, lists.of[3].resolved},
        options_);
    TellUnknown(paths, lists);
    console_.Write(style_ == AnswerStyle::kJson   ? WriteJson(paths, lists, test)
                   : style_ == AnswerStyle::kLine ? WriteLine(paths, test)
                                                  : WriteReadable(paths, lists, test, console_));
  }

  // Four paths a line; what is wrong with a line is its answer.
  int AnswerBatch() {
    QueryLines lines(console_);
    std::size_t asked = 0;
    std::size_t unanswered = 0;
    while (true) {
      const std::vector<QueryLine> next = lines.Next(1);
      if (next.empty()) break;
      const QueryLine& line = next.front();
      if (TrimSpaces(line.text).empty()) continue;
      ++asked;
      try {
        if (!line.fault.empty()) throw Error(ErrorKind::kUsage, line.fault);
        Answer(SplitPaths(line.text));
      } catch (const Error& error) {
        ++unanswered;
        console_.Write(FailedAnswer(line.text, error.what(), style_));
      }
    }
    if (unanswered == 0) return kDone;
    console_.Flush();
    console_.Complain(WithThousands(unanswered) + " of " + Counted(asked, "test", "tests") +
                      " went without an answer");
    return kNothingFound;
  }

 private:
  // By tabs where there are some, so that names may have blanks.
  static Paths SplitPaths(const std::string& line) {
    std::vector<std::string> fields;
    if (line.find('\t') == std::string::npos) {
      fields = SplitWords(line);
    } else {
      for (const std::string_view field : SplitAt('\t', line)) fields.emplace_back(field);
    }
    Paths paths;
    if (fields.size() != paths.size()) throw Error(ErrorKind::kUsage, "four files X Y A B wanted");
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (fields[i] == "-") throw Error(ErrorKind::kUsage, "'-' holds the tests, not words");
      paths[i] = std::move(fields[i]);
    }
    return paths;
  }

  void TellUnknown(const Paths& paths, const Lists& lists) const {
    if (is_quiet_) return;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::vector<std::string>& unknown = lists.of[i].unknown;
      if (!unknown.empty()) console_.Note(LeftOutWords(unknown, "'" + paths[i] + "'"));
    }
  }

  const EmbeddingStore& store_;
  query::AssociationOptions options_;
  AnswerStyle style_;
  bool is_quiet_;
  Console& console_;
  WordResolver resolver_;
};

// nullopt: tests come from standard input.
std::optional<Paths> GivenPaths(const Arguments& arguments) {
  const std::vector<std::string> targets = arguments.Texts("targets");
  const std::vector<std::string> attributes = arguments.Texts("attributes");
  if (targets.empty() && attributes.empty()) return std::nullopt;
  if (targets.size() != 2 || attributes.size() != 2) {
    throw Error(ErrorKind::kUsage,
                "relation wants --targets X Y and --attributes A B, each a file "
                "of words");
  }
  return Paths{targets[0], targets[1], attributes[0], attributes[1]};
}

int Run(const Arguments& arguments, Console& console) {
  const std::optional<Paths> paths = GivenPaths(arguments);
  const bool is_batch = !paths.has_value();
  const AnswerStyle style = is_batch                ? StyleFor(arguments, console)
                            : arguments.Has("json") ? AnswerStyle::kJson
                                                    : AnswerStyle::kReadable;
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  RelationRun run(store, arguments, style, console);
  if (is_batch) return run.AnswerBatch();
  run.Answer(*paths);
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"relation v.kin --targets flowers.txt insects.txt --attributes pleasant.txt unpleasant.txt",
     "whether flowers are nearer to pleasant words than insects are"},
    {"relation v.kin --json < tests.txt", "a test for each line of four files 'X Y A B'"},
};
constexpr Option kOptions[] = {
    {.name = "targets",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "two files X and Y of words to compare, one word a line or several",
     .repeatable = true},
    {.name = "attributes",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "two files A and B of words that those may be near to",
     .repeatable = true},
    {.name = "partitions",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "100000",
     .description =
         "test exactly when there are N partitions or fewer, else with N drawn at random",
     .lowest = 1,
     .highest = 1e9},
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of what is drawn",
     .highest = 9e18},
    kJsonOption,
    kQuietNotesOption,
};

}  // namespace
}  // namespace relation_command

const Command kRelationCommand = {
    .name = "relation",
    .summary = "test whether word groups differ in what they are near to",
    .description =
        "The word embedding association test (WEAT: Caliskan, Bryson and Narayanan 2017). A word's "
        "association is its mean cosine to the words of A less that to the words of B. Told are "
        "the effect size (the means of X and Y apart, in standard deviations), the statistic (the "
        "sum over X less that over Y), how probable a partition of all target words into such "
        "groups has a statistic as large, and each word's association. Without --targets, a batch "
        "from standard input has four files X Y A B a line, parted by blanks or tabs, and is "
        "answered one line a test: the files, effect size, statistic and p-value, separated by "
        "tabs.",
    .positionals = relation_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = relation_command::kExamples,
    .options = relation_command::kOptions,
    .run = relation_command::Run,
};

}  // namespace wordkin::cli
