#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/answers/open_vectors.h"
#include "common/support/mapped_file.h"

namespace wordkin::cli {

// While one lives, questions come one after another from a shell: OpenVectors() hands out again
// what it opened, as long as the file is the same, and standard input is the shell's, so that
// commands do not read their questions there. One at a time.
class QuestionSession {
 public:
  QuestionSession();
  ~QuestionSession();
  QuestionSession(const QuestionSession&) = delete;
  QuestionSession& operator=(const QuestionSession&) = delete;

  // nullptr: there is none, and each command is alone.
  static QuestionSession* Current();

  // What the file at 'path' was opened as; nullopt when it was not, or has changed since.
  std::optional<OpenedVectors> Find(const std::string& path);
  // 'file' is the one that was opened, mapped before that.
  void Keep(MappedFile file, const OpenedVectors& vectors);

 private:
  struct Kept {
    MappedFile file;
    OpenedVectors vectors;
  };

  std::vector<Kept> kept_;
};

}  // namespace wordkin::cli
