#include "cli/encoding/text_source.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/console.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

bool LooksLikeAName(const std::string& text) {
  return text.find_first_of("./") != std::string::npos && !text.ends_with('.') &&
         text.find_first_of(" \t\n") == std::string::npos;
}

}  // namespace

TextSource::TextSource(std::vector<std::string> arguments, Console& console)
    : arguments_(std::move(arguments)) {
  if (arguments_.empty()) arguments_.push_back("-");
  if (arguments_.size() > 1) {
    if (std::ranges::find(arguments_, "-") == arguments_.end()) return;
    throw Error(ErrorKind::kUsage,
                "'-' stands for standard input and cannot be mixed with texts; to give the text "
                "'-' itself, send it there");
  }
  const std::string& only = arguments_.front();
  std::error_code ignored;
  if (only == "-") {
    if (::isatty(0) == 1) console.Note("Reading from the terminal: a text a line; Ctrl-D ends.");
    lines_.emplace(console);
  } else if (std::filesystem::exists(only, ignored)) {
    lines_.emplace(console, only);
  } else if (LooksLikeAName(only)) {
    console.Note("'" + Printable(only) + "' names no file here: it is taken for a text");
  }
}

// A text left out would move the answers to all that follow.
std::vector<std::string> TextSource::NextLines(std::size_t limit) {
  std::vector<std::string> texts;
  for (QueryLine& line : lines_->Next(limit)) {
    if (!line.fault.empty()) throw Error(ErrorKind::kUsage, line.fault);
    texts.push_back(std::move(line.text));
  }
  return texts;
}

std::vector<std::string> TextSource::Next(std::size_t limit) {
  if (lines_) return NextLines(limit);
  const std::size_t end = std::min(arguments_.size(), next_ + limit);
  std::vector<std::string> texts(arguments_.begin() + static_cast<std::ptrdiff_t>(next_),
                                 arguments_.begin() + static_cast<std::ptrdiff_t>(end));
  next_ = end;
  return texts;
}

}  // namespace wordkin::cli
