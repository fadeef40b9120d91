#pragma once

#include <stdexcept>
#include <string>

namespace wordkin {

// Why a command ends. The command line turns each kind into its exit code.
enum class ErrorKind {
  kNotFound,     // 1: an unknown word, no answer
  kUsage,        // 2: a wrong option or argument
  kInputOutput,  // 3: a file, a pipe, memory or the disk failed
  kDamaged,      // 4: a file's content is damaged or of a kind this version cannot read
  kInternal,     // 70: our own mistake
  kInterrupted,  // 130: Ctrl-C or a kill ended what nothing is kept of
};

// The one exception of the library, for what ends the command; expected outcomes are std::optional.
// The message names the attempt, the object, the reason and, where there is one, the remedy:
// "cannot open 'corpus.txt': No such file or directory".
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

// Error of kind kInputOutput that ends with the system's words for 'error_number' (errno).
Error SystemError(const std::string& attempt, int error_number);

}  // namespace wordkin
