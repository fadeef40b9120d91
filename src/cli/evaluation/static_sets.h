#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "query/evaluation/set_answers.h"

namespace wordkin::cli {

class Console;

// A set that static vectors are asked with.
struct StaticSet {
  std::string path;
  query::QuestionSet questions;
  bool in_detail = false;  // named by --analogies or --similarity, which tell more than a score
};

// The options that name such sets: --sets, --analogies and so on, one a kind.
bool AsksStaticSets(const Arguments& arguments);

// Throws kInputOutput for one that cannot be read. Opens none: a pipe can be opened only once.
void CheckStaticSets(const Arguments& arguments);

// Reads them, in the order of their options: analogies, pairs, categories, odd ones out, --sets.
// What a folder of --sets holds beside sets is left out, and the console hears of it; all else that
// is no set throws kDamaged.
std::vector<StaticSet> ReadStaticSets(const Arguments& arguments, Console& console);

// Throws kInputOutput.
void CheckReadable(const std::string& path);

}  // namespace wordkin::cli
