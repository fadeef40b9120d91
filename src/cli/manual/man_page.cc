#include "cli/manual/man_page.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "cli/command_table.h"
#include "cli/common_options.h"
#include "cli/date.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kSourceWidth = 80;

struct Variable {
  std::string_view name;
  std::string_view meaning;
};

constexpr Variable kVariables[] = {
    {"NO_COLOR", "set to anything: no colours, unless --color always asks for them"},
    {"TERM", "'dumb': no colours, and lines in place of a progress bar"},
    {"TMPDIR", "the folder where vectors of another tool lie while they are asked; else /tmp"},
    {"XDG_STATE_HOME",
     "the folder below which 'wordkin shell' keeps wordkin/history; else ~/.local/state"},
    {"SOURCE_DATE_EPOCH", "seconds since 1970, written into files as the time of making"},
    {"WORDKIN_INSTRUCTION_SET",
     "an instruction set below the processor's best; 'wordkin --version' lists them"},
};

// Every character as itself: roff would make typographic ones of some, and a line may not begin
// with a dot or quote.
std::string Roff(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += character;
    }
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string Bold(std::string_view text) { return "\\fB" + Roff(text) + "\\fR"; }
std::string Italic(std::string_view text) { return "\\fI" + Roff(text) + "\\fR"; }

// Text that is filled, a source line ending with each sentence and before kSourceWidth.
std::string Paragraph(std::string_view text) {
  std::string lines;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) lines += Roff(line) + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    if (Roff(line).size() + 1 + Roff(word).size() > kSourceWidth) end_line();
    line += (line.empty() ? "" : " ") + std::string(word);
    if (word.ends_with('.') || (end < text.size() && text[end] == '\n')) end_line();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  end_line();
  return lines;
}

std::string Capitalized(std::string_view text) {
  std::string sentence(text);
  sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  return sentence + ".";
}

// Lines as they are, in a fixed pitch.
std::string Literal(const std::string& line) { return ".EX\n" + Roff(line) + "\n.EE\n"; }

std::string Tagged(const std::string& tag, std::string_view text) {
  return ".TP\n" + tag + "\n" + Paragraph(text);
}

std::string TaggedOption(const Option& option) {
  std::string tag;
  if (option.letter != 0) tag = Bold(std::string("-") + option.letter) + ", ";
  tag += Bold("--" + std::string(option.name));
  if (!option.value_name.empty()) tag += " " + Italic(option.value_name);
  if (option.repeatable) tag += "...";
  std::string text(option.description);
  if (!option.default_value.empty()) {
    text += " (default: " + std::string(option.default_value) + ")";
  }
  return Tagged(tag, text);
}

std::string CommandSection(const Command& command) {
  std::string text = ".SS " + std::string(command.name) + "\n";
  text += Paragraph(Capitalized(command.summary)) + ".PP\n" + Literal(UsageLine(command));
  text += ".PP\n" + Paragraph(command.description);
  for (const Positional& positional : command.positionals) {
    text += Tagged(Italic(positional.label), positional.description);
  }
  for (const Option& option : command.options) text += TaggedOption(option);
  for (const Example& example : command.examples) {
    text += ".PP\n" + Paragraph("For example, " + std::string(example.purpose) + ":") + ".PP\n" +
            Literal("wordkin " + std::string(example.command_line));
  }
  return text;
}

}  // namespace

std::string ManPage() {
  std::string text = ".\\\" Written by 'wordkin help --man'.\n";
  text += ".TH WORDKIN 1 " + DateInUtc().substr(0, 10) + " \"wordkin " WORDKIN_VERSION "\"\n";
  text += ".SH NAME\nwordkin \\- train word vectors and ask them questions\n";
  text += ".SH SYNOPSIS\n" + Bold("wordkin") + " " + Italic("COMMAND") + " [" +
          Italic("arguments") + "] [" + Italic("options") + "]\n";
  text += ".SH DESCRIPTION\n" + Paragraph(kProgramPurpose);
  text += Paragraph("Options and arguments may be mixed; -- ends the options.");
  text += ".SH COMMANDS\n";
  for (const Command* command : Commands()) text += CommandSection(*command);
  text += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const Option& option : kUniversalOptions) text += TaggedOption(option);
  text += ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : kExitCodeMeanings) {
    text += Tagged(Bold(std::to_string(code)), meaning);
  }
  text += ".SH ENVIRONMENT\n";
  for (const Variable& variable : kVariables) text += Tagged(Bold(variable.name), variable.meaning);
  return text;
}

}  // namespace wordkin::cli
