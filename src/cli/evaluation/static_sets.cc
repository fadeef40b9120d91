#include "cli/evaluation/static_sets.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string_view>
#include <system_error>

#include "cli/console.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/corpus_paths.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

// An option that says of what kind its files are.
struct KindOption {
  std::string_view name;
  std::string_view items;  // what its files hold
  bool in_detail;
  std::function<query::QuestionSet(const std::string&)> read;
};

const std::vector<KindOption>& KindOptions() {
  static const std::vector<KindOption> options = {
      {"analogies", "questions", true, query::ReadQuestionFile},
      {"similarity", "pairs", true, query::ReadJudgedPairs},
      {"categories", "words", false, query::ReadCategories},
      {"odd-one-out", "questions", false, query::ReadOddOneOut},
  };
  return options;
}

// Sets are small; what is not is something else, which should not be read whole to find out.
bool IsTooLarge(const std::string& path) {
  constexpr std::uintmax_t kLargestSet = 64'000'000;
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  return !ignored && size > kLargestSet;
}

// Whether the file is a set, and then among 'sets'.
bool ReadFound(const std::string& path, std::vector<StaticSet>& sets) {
  if (IsTooLarge(path)) return false;
  try {
    sets.push_back({path, query::ReadQuestionSet(path)});
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDamaged) throw;
    return false;
  }
}

void TellLeftOut(const std::vector<std::string>& paths, Console& console) {
  constexpr std::size_t kMostNamed = 5;
  if (paths.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(paths.size(), kMostNamed); ++i) {
    names += (i == 0 ? "'" : ", '") + Printable(paths[i]) + "'";
  }
  if (paths.size() > kMostNamed) {
    names += " and " + WithThousands(paths.size() - kMostNamed) + " more";
  }
  console.Complain("left out, being no set of a kind known here: " + names);
}

// One argument of --sets.
void ReadFileOrFolder(const std::string& argument, std::vector<StaticSet>& sets, Console& console) {
  const std::vector<std::string> paths = ExpandCorpusPaths({argument});
  if (paths == std::vector<std::string>{argument}) {
    sets.push_back({argument, query::ReadQuestionSet(argument)});
    return;
  }
  std::vector<std::string> left_out;
  std::ranges::copy_if(paths, std::back_inserter(left_out),
                       [&](const std::string& path) { return !ReadFound(path, sets); });
  if (left_out.size() < paths.size()) return TellLeftOut(left_out, console);
  throw Error(ErrorKind::kDamaged, "cannot evaluate with '" + argument +
                                       "': there is no set of a kind known here in " +
                                       Counted(paths.size(), "file", "files"));
}

}  // namespace

void CheckReadable(const std::string& path) {
  if (path == "-") return;
  // Not opened: a pipe can be opened only once, and would keep us waiting.
  if (::access(path.c_str(), R_OK) != 0) throw SystemError("cannot open '" + path + "'", errno);
}

bool AsksStaticSets(const Arguments& arguments) {
  if (arguments.Has("sets")) return true;
  for (const KindOption& option : KindOptions()) {
    if (arguments.Has(option.name)) return true;
  }
  return false;
}

void CheckStaticSets(const Arguments& arguments) {
  for (const KindOption& option : KindOptions()) {
    for (const std::string& path : arguments.Texts(option.name)) CheckReadable(path);
  }
  for (const std::string& path : arguments.Texts("sets")) {
    // A glob stands for what it matches.
    if (path.find_first_of("*?[") == std::string::npos) CheckReadable(path);
  }
}

std::vector<StaticSet> ReadStaticSets(const Arguments& arguments, Console& console) {
  std::vector<StaticSet> sets;
  for (const KindOption& option : KindOptions()) {
    for (const std::string& path : arguments.Texts(option.name)) {
      sets.push_back({path, option.read(path), option.in_detail});
      if (query::ItemCount(sets.back().questions) > 0) continue;
      throw Error(ErrorKind::kDamaged,
                  "cannot evaluate with '" + path + "': it holds no " + std::string(option.items));
    }
  }
  for (const std::string& argument : arguments.Texts("sets")) {
    ReadFileOrFolder(argument, sets, console);
  }
  return sets;
}

}  // namespace wordkin::cli
