#pragma once

#include "cli/command.h"

namespace wordkin::cli {

// Ids are 32 bits wide.
inline constexpr double kMostWords = 4294967294;

// Options that several commands share, so that they are named and described alike.

// One of them, where its description does not fit.
constexpr Option Described(Option option, std::string_view description) {
  option.description = description;
  return option;
}

inline constexpr Option kJsonOption = {.name = "json",
                                       .description = "answer in JSON, one object a line"};
inline constexpr Option kQuietOption = {
    .name = "quiet", .letter = 'q', .description = "no progress and no closing line"};
inline constexpr Option kQuietQueryOption = {
    .name = "quiet",
    .letter = 'q',
    .description = "do not note that vectors of another tool are read"};
inline constexpr Option kQuietNotesOption = {
    .name = "quiet",
    .letter = 'q',
    .description = "do not note that vectors of another tool are read, nor what is left out"};
inline constexpr Option kCountOption = {.name = "count",
                                        .letter = 'k',
                                        .kind = ValueKind::kInteger,
                                        .value_name = "N",
                                        .default_value = "10",
                                        .description = "how many words to answer with",
                                        .lowest = 1,
                                        .highest = 1e6};
inline constexpr Option kLimitVocabularyOption = {
    .name = "limit-vocabulary",
    .kind = ValueKind::kInteger,
    .value_name = "N",
    .default_value = "0",
    .description = "consider only the N most frequent words; 0: all",
    .highest = kMostWords};
inline constexpr Option kSearchOption = {
    .name = "search",
    .kind = ValueKind::kChoice,
    .value_name = "auto|exact|hnsw",
    .default_value = "auto",
    .description =
        "exact compares with every word; hnsw follows the graph that 'wordkin index' "
        "made; auto is exact, but with --effort, and for standard input where the graph costs "
        "less"};
inline constexpr Option kEffortOption = {
    .name = "effort",
    .kind = ValueKind::kInteger,
    .value_name = "N",
    .description =
        "search by hnsw and keep N candidates: more is slower and more exact; "
        "without it as many as --recall takes",
    .lowest = 1,
    .highest = 1e6};
inline constexpr Option kRecallOption = {
    .name = "recall",
    .kind = ValueKind::kReal,
    .value_name = "X",
    .default_value = "0.99",
    .description =
        "share of the nearest words that hnsw is to find, as measured by "
        "'wordkin index'; exact finds all",
    .lowest = 0.1,
    .highest = 1};
inline constexpr Option kMethodOption = {
    .name = "method",
    .kind = ValueKind::kChoice,
    .value_name = "add|multiply|direction",
    .default_value = "add",
    .description = "how to solve: 3CosAdd, 3CosMul or PairDirection"};
inline constexpr Option kTokenizerOption = {
    .name = "tokenizer",
    .kind = ValueKind::kChoice,
    .value_name = "whitespace|words|characters",
    .default_value = "whitespace",
    .description =
        "split at white space only; or fold case and strip punctuation too; or also "
        "take each character of Chinese, Japanese or Thai for a word"};
inline constexpr Option kNewFileOption = {.name = "output",
                                          .letter = 'o',
                                          .kind = ValueKind::kFile,
                                          .value_name = "FILE",
                                          .description = "the .kin file to write",
                                          .required = true};
inline constexpr Option kThreadsOption = {.name = "threads",
                                          .kind = ValueKind::kInteger,
                                          .value_name = "N",
                                          .default_value = "all",
                                          .description = "threads to work with",
                                          .lowest = 1,
                                          .highest = 1024};

// Every command takes these; no command lists them.
inline constexpr Option kUniversalOptions[] = {
    {.name = "color",
     .kind = ValueKind::kChoice,
     .value_name = "auto|always|never",
     .default_value = "auto",
     .description = "auto colours terminals, unless NO_COLOR is set or TERM is dumb"},
    {.name = "help", .letter = 'h', .description = "show this text"},
};

}  // namespace wordkin::cli
