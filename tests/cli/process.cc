#include "tests/cli/process.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace wordkin::cli_test {
namespace {

std::string SearchPath() {
  const char* inherited = std::getenv("PATH");
  return std::filesystem::path(WORDKIN_PROGRAM).parent_path().string() + ":" +
         (inherited == nullptr ? "/usr/bin:/bin" : inherited);
}

[[noreturn]] void BecomeShell(const std::string& shell_line, const std::string& folder,
                              const Environment& environment) {
  // The terminal and the variables of whoever runs the tests must not matter.
  for (const char* name :
       {"NO_COLOR", "SOURCE_DATE_EPOCH", "WORDKIN_INSTRUCTION_SET", "XDG_STATE_HOME"}) {
    ::unsetenv(name);
  }
  ::setenv("TERM", "xterm", 1);
  ::setenv("PATH", SearchPath().c_str(), 1);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::signal(SIGPIPE, SIG_DFL);
  // Ignored when the tests run in the background, and what is ignored stays so.
  ::signal(SIGINT, SIG_DFL);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::execl("/bin/sh", "sh", "-c", shell_line.c_str(), nullptr);
  ::_exit(127);
}

// Reads until the end; a terminal ends with an error once its last user is gone.
bool ReadSome(int descriptor, std::string& text) {
  std::array<char, 4096> buffer;
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  if (count <= 0) return false;
  text.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

constexpr std::array<std::array<const char*, 6>, 3> kTopics = {{
    {"king", "queen", "prince", "princess", "crown", "throne"},
    {"apple", "pear", "plum", "cherry", "peach", "grape"},
    {"car", "bus", "tram", "train", "bicycle", "lorry"},
}};
constexpr std::array<const char*, 4> kCommon = {"the", "and", "of", "a"};

// The same numbers each time.
class Draws {
 public:
  std::size_t Below(std::size_t bound) {
    state_ = state_ * 1664525u + 1013904223u;
    return (state_ >> 16) % bound;
  }

 private:
  std::uint32_t state_ = 1;
};

void Close(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

}  // namespace

Workspace::Workspace() {
  std::string path = (std::filesystem::temp_directory_path() / "wordkin-cli.XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = path;
}

Workspace::~Workspace() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void Workspace::Write(const std::string& name, const std::string& content) const {
  std::ofstream(File(name), std::ios::binary) << content;
}

std::string Workspace::Read(const std::string& name) const {
  std::ostringstream content;
  content << std::ifstream(File(name), std::ios::binary).rdbuf();
  return content.str();
}

bool Workspace::Has(const std::string& name) const { return std::filesystem::exists(File(name)); }

void Workspace::WriteCorpus() const {
  std::string text;
  Draws draws;
  for (int sentence = 0; sentence < 300; ++sentence) {
    const auto& topic = kTopics[draws.Below(kTopics.size())];
    for (int word = 0; word < 8; ++word) {
      if (word > 0) text += ' ';
      text += draws.Below(5) == 0 ? kCommon[draws.Below(kCommon.size())]
                                  : topic[draws.Below(topic.size())];
    }
    text += '\n';
  }
  Write("corpus.txt", text);
}

void Workspace::MakeStore() const {
  std::string text = "22 16\n";
  Draws draws;
  const auto add = [&](const char* word, std::size_t topic) {
    text += word;
    for (std::size_t column = 0; column < 16; ++column) {
      const double noise = static_cast<double>(draws.Below(1000)) / 2000 - 0.25;
      text += " " + std::to_string((column % 4 == topic ? 1 : 0) + noise);
    }
    text += '\n';
  };
  for (std::size_t topic = 0; topic < kTopics.size(); ++topic) {
    for (const char* word : kTopics[topic]) add(word, topic);
  }
  for (const char* word : kCommon) add(word, kTopics.size());
  Write("vectors.txt", text);
  const Outcome outcome = RunShell("wordkin convert vectors.txt v.kin -q", path_);
  if (outcome.exit_code != 0) throw std::runtime_error("no store: " + outcome.error);
}

void Workspace::MakeBigStore() const {
  constexpr std::size_t kWords = 20'000;
  constexpr std::size_t kColumns = 64;
  std::string text = std::to_string(kWords) + " " + std::to_string(kColumns) + "\n";
  Draws draws;
  for (std::size_t word = 0; word < kWords; ++word) {
    text += "w" + std::to_string(word);
    for (std::size_t column = 0; column < kColumns; ++column) {
      text += " " + std::to_string(static_cast<int>(draws.Below(1999)) - 999);
    }
    text += '\n';
  }
  Write("big.txt", text);
  const Outcome outcome = RunShell("wordkin convert big.txt big.kin -q", path_);
  if (outcome.exit_code != 0) throw std::runtime_error("no store: " + outcome.error);
}

Child::Child(const std::string& shell_line, const std::string& folder,
             const Environment& environment, Streams streams) {
  if (streams == Streams::kTerminal) {
    process_ = ::forkpty(&output_, nullptr, nullptr, nullptr);
    if (process_ == 0) BecomeShell(shell_line, folder, environment);
    input_ = ::dup(output_);
    return;
  }
  int input[2];
  int output[2];
  int error[2];
  if (::pipe(input) != 0 || ::pipe(output) != 0 || ::pipe(error) != 0) {
    throw std::runtime_error("no pipes");
  }
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(input[0], 0);
    ::dup2(output[1], 1);
    ::dup2(error[1], 2);
    for (const int descriptor : {input[0], input[1], output[0], output[1], error[0], error[1]}) {
      ::close(descriptor);
    }
    BecomeShell(shell_line, folder, environment);
  }
  ::close(input[0]);
  ::close(output[1]);
  ::close(error[1]);
  input_ = input[1];
  output_ = output[0];
  error_ = error[0];
}

Child::~Child() {
  Close(input_);
  Close(output_);
  Close(error_);
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
}

void Child::Send(const std::string& text) const {
  // A child that ended early is no reason for the test program to die.
  ::signal(SIGPIPE, SIG_IGN);
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = ::write(input_, text.data() + done, text.size() - done);
    if (count <= 0) return;
    done += static_cast<std::size_t>(count);
  }
}

void Child::CloseInput() { Close(input_); }

std::string Child::ReadUntil(const std::string& end) const {
  std::string text;
  while (!text.ends_with(end)) {
    pollfd waiting = {.fd = output_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 30'000) != 1) return text + "(no answer)";
    char byte = 0;
    if (::read(output_, &byte, 1) != 1) break;
    text += byte;
  }
  return text;
}

void Child::Signal(int number) const { ::kill(process_, number); }

bool Child::WaitUntilItHandles(int number) const {
  // As /proc tells it: a line "SigCgt:" with a bit for each signal, in hexadecimal.
  const std::string label = "SigCgt:";
  const std::string path = "/proc/" + std::to_string(process_) + "/status";
  for (int attempt = 0; attempt < 30'000; ++attempt) {
    std::ifstream status(path);
    bool is_program = false;  // no longer the shell, which may have a handler of its own
    for (std::string line; std::getline(status, line);) {
      is_program |= line == "Name:\twordkin";
      if (!is_program || !line.starts_with(label)) continue;
      const auto caught = std::stoull(line.substr(label.size()), nullptr, 16);
      if ((caught >> (number - 1)) & 1) return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

bool Child::EndsWhileInputIsOpen() const {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    siginfo_t state = {};
    const auto process = static_cast<id_t>(process_);
    if (::waitid(P_PID, process, &state, WEXITED | WNOHANG | WNOWAIT) != 0) return false;
    if (state.si_pid == process_) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

Outcome Child::Finish() {
  Outcome outcome;
  if (error_ >= 0) Close(input_);
  while (output_ >= 0 || error_ >= 0) {
    std::array<pollfd, 2> waiting = {pollfd{.fd = output_, .events = POLLIN, .revents = 0},
                                     pollfd{.fd = error_, .events = POLLIN, .revents = 0}};
    if (::poll(waiting.data(), waiting.size(), 120'000) <= 0) break;
    if (waiting[0].revents != 0 && !ReadSome(output_, outcome.output)) Close(output_);
    if (waiting[1].revents != 0 && !ReadSome(error_, outcome.error)) Close(error_);
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  return outcome;
}

Outcome RunShell(const std::string& shell_line, const std::string& folder, const std::string& input,
                 const Environment& environment) {
  // Inputs of tests fit into a pipe, so that nothing waits for anything.
  Child child(shell_line, folder, environment);
  child.Send(input);
  child.CloseInput();
  return child.Finish();
}

bool WaitForText(const std::string& path, const std::string& text) {
  for (int attempt = 0; attempt < 3000; ++attempt) {
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    if (content.str().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace wordkin::cli_test
