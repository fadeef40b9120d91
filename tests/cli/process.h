#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace wordkin::cli_test {

// A folder of its own for each test, removed with all in it.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  void Write(const std::string& name, const std::string& content) const;
  std::string Read(const std::string& name) const;
  bool Has(const std::string& name) const;

  // corpus.txt: sentences about royalty, fruit and vehicles, the same each time.
  void WriteCorpus() const;
  // v.kin: 22 words x 16 whose neighbours are the words of their topic.
  void MakeStore() const;
  // big.kin: 20,000 words x 64, with which long work takes long.
  void MakeBigStore() const;

 private:
  std::string path_;
};

struct Outcome {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;
  std::string output;
  std::string error;
};

using Environment = std::map<std::string, std::string>;

// A shell line run in a folder, "wordkin" being the program under test; "exec wordkin ..." when
// signals are to reach it.
class Child {
 public:
  enum class Streams { kPipes, kTerminal };

  // With kTerminal all three streams are one pseudo-terminal, and Finish() gives what it showed as
  // output.
  Child(const std::string& shell_line, const std::string& folder,
        const Environment& environment = {}, Streams streams = Streams::kPipes);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void Send(const std::string& text) const;
  void CloseInput();
  // What comes on standard output up to and with the next line feed.
  std::string ReadLine() const { return ReadUntil("\n"); }
  // The same up to and with 'end'; what came so far when that does not come.
  std::string ReadUntil(const std::string& end) const;
  void Signal(int number) const;
  // Waits until wordkin, which it is by "exec", handles a signal; false after half a minute.
  bool WaitUntilItHandles(int number) const;
  // True once it has ended by itself, its input still open; false after ten seconds.
  bool EndsWhileInputIsOpen() const;
  Outcome Finish();

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  int error_ = -1;
};

Outcome RunShell(const std::string& shell_line, const std::string& folder,
                 const std::string& input = "", const Environment& environment = {});

// Waits until 'path' holds 'text'; false after half a minute.
bool WaitForText(const std::string& path, const std::string& text);

}  // namespace wordkin::cli_test
