#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "cli/console.h"

namespace wordkin::cli {

// A pipe whose content can be taken out at any time.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_NONBLOCK) != 0) throw std::string("no pipe");
  }
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void Send(const std::string& text) const {
    if (::write(writer(), text.data(), text.size()) < 0) throw std::string("the pipe is full");
  }
  std::string Take() const {
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t count = 0; (count = ::read(reader(), buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  void CloseReader() { Close(ends_[0]); }
  void CloseWriter() { Close(ends_[1]); }

 private:
  static void Close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }

  std::array<int, 2> ends_{};
};

// A console whose two streams can be read.
struct PipeConsole {
  Pipe output;
  Pipe error;
  Console console{output.writer(), error.writer()};
};

}  // namespace wordkin::cli
