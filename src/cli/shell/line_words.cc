#include "cli/shell/line_words.h"

#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

bool IsQuote(char character) { return character == '"' || character == '\''; }

// Bytes of white space at the front of 'text'; 0 when there is none.
std::size_t LeadingSpace(std::string_view text) {
  if (text.empty()) return 0;
  const DecodedCodePoint point = DecodeUtf8(text);
  return point.valid && IsWhitespace(point.code_point) ? point.length : 0;
}

// "--match="
bool IsOptionBeforeValue(std::string_view text) {
  return text.starts_with("--") && text.find('=') == text.size() - 1;
}

class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  std::vector<LineWord> Read() {
    std::vector<LineWord> words;
    while (true) {
      while (const std::size_t space = LeadingSpace(rest())) position_ += space;
      if (rest().empty()) return words;
      words.push_back(ReadWord());
    }
  }

 private:
  std::string_view rest() const { return line_.substr(position_); }

  LineWord ReadWord() {
    LineWord word;
    word.begin = position_;
    while (!rest().empty() && LeadingSpace(rest()) == 0) {
      const bool may_open = position_ == word.begin || IsOptionBeforeValue(word.text);
      if (may_open && IsQuote(line_[position_])) {
        word.is_open = !ReadQuoted(word.text);
      } else {
        word.text += line_[position_++];
      }
    }
    word.end = position_;
    return word;
  }

  // False when the line ends first.
  bool ReadQuoted(std::string& text) {
    const char quote = line_[position_++];
    while (position_ < line_.size()) {
      const char character = line_[position_++];
      if (character == quote) return true;
      const char next = position_ < line_.size() ? line_[position_] : '\0';
      const bool escapes = quote == '"' && character == '\\' && (next == '"' || next == '\\');
      text += escapes ? line_[position_++] : character;
    }
    return false;
  }

  std::string_view line_;
  std::size_t position_ = 0;
};

}  // namespace

std::vector<LineWord> ReadLineWords(std::string_view line) { return LineReader(line).Read(); }

std::vector<std::string> SplitLine(std::string_view line) {
  std::vector<std::string> texts;
  for (LineWord& word : ReadLineWords(line)) {
    if (word.is_open) {
      throw Error(
          ErrorKind::kUsage,
          "the quote of " + Printable(line.substr(word.begin)) +
              " is not closed; a word that begins with one stands in the other kind: \"'s\"");
    }
    texts.push_back(std::move(word.text));
  }
  return texts;
}

bool NeedsQuotes(std::string_view word) {
  if (word.empty() || IsQuote(word.front())) return true;
  for (std::string_view rest = word; !rest.empty(); rest.remove_prefix(DecodeUtf8(rest).length)) {
    if (LeadingSpace(rest) > 0) return true;
  }
  return false;
}

std::string OpenlyQuoted(std::string_view beginning) {
  std::string quoted = "\"";
  for (const char character : beginning) {
    if (character == '"' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted;
}

std::string QuotedWord(std::string_view word) {
  return NeedsQuotes(word) ? OpenlyQuoted(word) + "\"" : std::string(word);
}

}  // namespace wordkin::cli
