#pragma once

#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/console.h"
#include "common/store/embedding_store.h"
#include "query/search/row_filter.h"

namespace wordkin::cli {

// Options that choose words by what they are: those that may be answers, or are drawn.
inline constexpr Option kMinCountOption = {
    .name = "min-count",
    .kind = ValueKind::kInteger,
    .value_name = "N",
    .default_value = "0",
    .description = "consider only words that came N times in the corpus or more",
    .highest = 1e18};
inline constexpr Option kMatchOption = {
    .name = "match",
    .kind = ValueKind::kText,
    .value_name = "REGEX",
    .description = "consider only words that match, in RE2's syntax: '^un', '(?i)^[a-z]+$'"};
inline constexpr Option kExcludeOption = {
    .name = "exclude",
    .kind = ValueKind::kFile,
    .value_name = "FILE",
    .description = "consider no word of a list, one a line or several"};

// Whether one of them is given.
bool HasAnswerFilter(const Arguments& arguments);
// What they leave; nullopt without them. Notes the words of --exclude that are unknown, unless
// --quiet. Throws kUsage for a REGEX that is none, and for --min-count where the store has no
// counts; as ReadWordsKnownOrNot for --exclude.
std::optional<query::RowFilter> ChosenFilter(const Arguments& arguments,
                                             const EmbeddingStore& store, Console& console);

// The store's counts. Throws kUsage in the name of 'option' when it has none.
std::vector<std::uint64_t> RequireCounts(const EmbeddingStore& store, const std::string& option);

}  // namespace wordkin::cli
