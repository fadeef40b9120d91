#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wordkin::cli {

enum class ColorChoice { kAuto, kAlways, kNever };

// Thrown when whoever read our standard output has gone: the program then ends quietly.
struct ClosedPipe {};

// The program's standard output, for results, and standard error, for everything else. Nothing
// else prints. Not thread-safe.
class Console {
 public:
  explicit Console(int output_descriptor = 1, int error_descriptor = 2);

  void SetColor(ColorChoice choice);

  // Results, buffered. Both throw kInputOutput when they cannot be written, or ClosedPipe.
  void Write(std::string_view text);
  void Flush();

  // A line for people, after the results written so far. Never fails: when those cannot be written
  // the next Flush() says so. Control characters in it are escaped.
  void Note(std::string_view line);
  // "wordkin: message", the prefix in red; as Note(), but without the results.
  void Complain(std::string_view message);
  // The bytes as they are, on standard error: for a progress bar.
  void Draw(std::string_view bytes);

  // 'text' emphasised where the stream shows colours, else as it is.
  std::string Bold(std::string_view text) const;
  std::string Dim(std::string_view text) const;

  bool output_is_terminal() const { return output_is_terminal_; }
  // A terminal that can redraw a line: not TERM=dumb.
  bool error_can_redraw() const { return error_can_redraw_; }
  // Columns of the terminal behind standard output; nullopt when it is none.
  std::optional<std::size_t> output_width() const;
  // Columns of the terminal behind standard error; 80 when unknown.
  std::size_t error_width() const;

 private:
  // Keeps the error number of a failure in failure_.
  void SendPending();

  int output_descriptor_;
  int error_descriptor_;
  bool output_is_terminal_;
  bool error_can_redraw_;
  bool color_output_ = false;
  bool color_error_ = false;
  std::string buffer_;
  int failure_ = 0;
};

// Makes sure that descriptors 0, 1 and 2 are open, so that no file of ours takes the place of a
// stream that the caller closed: reading or writing it fails instead.
void GuardStandardStreams();

}  // namespace wordkin::cli
