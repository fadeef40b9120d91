#include "common/text/corpus_paths.h"

#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>

#include "common/support/error.h"

namespace wordkin {
namespace {

// Device and number: what tells one folder from another whatever links lead to it.
using FolderIdentity = std::pair<dev_t, ino_t>;

struct stat StatusOf(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) throw SystemError("cannot open '" + path + "'", errno);
  return status;
}

void CheckReadable(const std::string& path) {
  if (access(path.c_str(), R_OK) != 0) throw SystemError("cannot open '" + path + "'", errno);
}

// 'above' holds the folders on the way here, so that a link to one of them ends in no circle.
void CollectBelow(const std::string& folder, const struct stat& folder_status,
                  std::vector<FolderIdentity>& above, std::vector<std::string>& files) {
  const FolderIdentity identity{folder_status.st_dev, folder_status.st_ino};
  if (std::find(above.begin(), above.end(), identity) != above.end()) return;
  above.push_back(identity);
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().filename().native().starts_with('.')) continue;
    const std::string& path = entry->path().native();
    const struct stat status = StatusOf(path);
    if (S_ISDIR(status.st_mode)) {
      CollectBelow(path, status, above, files);
    } else if (S_ISREG(status.st_mode)) {
      files.push_back(path);
    }
  }
  if (error) throw SystemError("cannot read the folder '" + folder + "'", error.value());
  above.pop_back();
}

void AppendExisting(const std::string& path, std::vector<std::string>& paths) {
  const struct stat status = StatusOf(path);
  std::vector<std::string> found;
  if (S_ISDIR(status.st_mode)) {
    std::vector<FolderIdentity> above;
    CollectBelow(path, status, above, found);
    std::sort(found.begin(), found.end());
    if (found.empty()) {
      throw Error(ErrorKind::kInputOutput, "the folder '" + path + "' holds no files to read");
    }
  } else {
    found.push_back(path);
  }
  for (std::string& file : found) {
    CheckReadable(file);
    paths.push_back(std::move(file));
  }
}

std::vector<std::string> GlobMatches(const std::string& pattern) {
  glob_t matches = {};
  const int result = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches);
  std::vector<std::string> paths(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  globfree(&matches);
  if (result == GLOB_NOSPACE) throw std::bad_alloc();
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::vector<std::string> ExpandCorpusPaths(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    throw Error(ErrorKind::kUsage, "no corpus named: give files, folders, globs or '-'");
  }
  std::vector<std::string> paths;
  bool has_standard_input = false;
  for (const std::string& argument : arguments) {
    struct stat status = {};
    if (argument == "-") {
      if (std::exchange(has_standard_input, true)) {
        throw Error(ErrorKind::kUsage, "standard input ('-') is named twice; it can be read once");
      }
      paths.push_back(argument);
    } else if (argument.find_first_of("*?[") == std::string::npos ||
               stat(argument.c_str(), &status) == 0) {
      AppendExisting(argument, paths);
    } else {
      const std::vector<std::string> matches = GlobMatches(argument);
      if (matches.empty()) {
        throw Error(ErrorKind::kInputOutput, "no file matches '" + argument + "'");
      }
      for (const std::string& match : matches) AppendExisting(match, paths);
    }
  }
  return paths;
}

}  // namespace wordkin
