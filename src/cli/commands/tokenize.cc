#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/encoding/text_source.h"
#include "cli/evaluation/evaluation_figures.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/tokenizer_file.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::cli {
namespace tokenize_command {
namespace {

using contextual::TokenizedText;
using contextual::Tokenizer;

// As AnswerStyle in answer_queries.h: for people, a line of a batch, a JSON object.
enum class Style { kReadable, kLine, kJson };

constexpr std::size_t kBatchLines = 64;

std::unique_ptr<const Tokenizer> OpenTokenizer(const Arguments& arguments) {
  if (arguments.Has("encoder") == arguments.Has("kind")) {
    throw Error(ErrorKind::kUsage,
                "tokenize wants either --encoder DIR, the folder of a model, or --kind "
                "words|characters");
  }
  if (arguments.Has("encoder")) return contextual::ReadTokenizer(arguments.Text("encoder"));
  return std::make_unique<contextual::WordTokenizer>(arguments.Choose<TokenizerKind>(
      "kind", {{"words", TokenizerKind::kWords}, {"characters", TokenizerKind::kCharacters}}));
}

Style StyleFor(const Arguments& arguments, bool is_batch, const Console& console) {
  if (arguments.Has("json")) return Style::kJson;
  const bool is_conversation = ::isatty(0) == 1 && console.output_is_terminal();
  return is_batch && !is_conversation ? Style::kLine : Style::kReadable;
}

std::string JsonOf(const TokenizedText& text) {
  Json offsets = Json::array();
  Json words = Json::array();
  for (std::size_t i = 0; i < text.size(); ++i) {
    offsets.push_back({text.offsets[i].begin, text.offsets[i].end});
    words.push_back(text.words[i] == contextual::kNoWord ? Json(nullptr) : Json(text.words[i]));
  }
  Json json;
  json["ids"] = text.ids;
  json["pieces"] = text.pieces;
  json["offsets"] = std::move(offsets);
  json["words"] = std::move(words);
  return JsonLine(json);
}

// "7-11"; nothing for a piece that the tokenizer put there.
std::string RangeOf(const TokenizedText& text, std::size_t i) {
  if (text.words[i] == contextual::kNoWord) return "";
  return std::to_string(text.offsets[i].begin) + "-" + std::to_string(text.offsets[i].end);
}

std::string LineOf(const TokenizedText& text) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0) line += '\t';
    line += Printable(text.pieces[i]) + " " + std::to_string(text.ids[i]);
    if (const std::string range = RangeOf(text, i); !range.empty()) line += " " + range;
  }
  return line + "\n";
}

// Numbers before the piece, whose width on a screen is nobody's to know.
std::string ReadableOf(const TokenizedText& text, const Console& console) {
  std::size_t id_width = 0;
  std::size_t range_width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    id_width = std::max(id_width, std::to_string(text.ids[i]).size());
    range_width = std::max(range_width, RangeOf(text, i).size());
  }
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    lines += AlignedRight(std::to_string(text.ids[i]), id_width) +
             console.Dim("  " + AlignedRight(RangeOf(text, i), range_width)) + "  " +
             Printable(text.pieces[i]) + "\n";
  }
  return lines.empty() ? "(no pieces)\n" : lines;
}

std::string Write(const TokenizedText& text, Style style, const Console& console) {
  switch (style) {
    case Style::kJson:
      return JsonOf(text);
    case Style::kLine:
      return LineOf(text);
    case Style::kReadable:
      break;
  }
  return ReadableOf(text, console);
}

int Run(const Arguments& arguments, Console& console) {
  const std::unique_ptr<const Tokenizer> tokenizer = OpenTokenizer(arguments);
  TextSource source(arguments.positionals(), console);
  const Style style = StyleFor(arguments, source.is_stream(), console);
  bool is_first = true;
  for (std::vector<std::string> texts = source.Next(kBatchLines); !texts.empty();
       texts = source.Next(kBatchLines)) {
    for (const std::string& text : texts) {
      if (style == Style::kReadable && !std::exchange(is_first, false)) console.Write("\n");
      console.Write(Write(tokenizer->Tokenize(text), style, console));
    }
  }
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"[TEXT...]",
     "each a text of its own; a single one that names a file: its lines; none or '-': the lines of "
     "standard input"},
};
constexpr Example kExamples[] = {
    {"tokenize --encoder MiniLM \"Unaffable bookworms\"", "the pieces a model sees"},
    {"tokenize --kind words \"Die Straße\"", "the words that training would see"},
    {"tokenize --encoder MiniLM --json < lines.txt", "one JSON object for each line of a file"},
};
constexpr Option kOptions[] = {
    {.name = "encoder",
     .kind = ValueKind::kFile,
     .value_name = "DIR",
     .description = "folder of a model: its tokenizer.json, else vocab.txt, else vocab.json and "
                    "merges.txt"},
    {.name = "kind",
     .kind = ValueKind::kChoice,
     .value_name = "words|characters",
     .description = "cut as training with that --tokenizer does; the distinct words of each text "
                    "are numbered from 0"},
    kJsonOption,
};

}  // namespace
}  // namespace tokenize_command

const Command kTokenizeCommand = {
    .name = "tokenize",
    .summary = "cut text into the pieces that a model sees",
    .description =
        "Shows each piece with its number and the bytes of the text that it comes from. What a "
        "tokenizer puts around the text ([CLS]) comes from nowhere. A batch from standard input is "
        "answered one line a text: pieces with number and bytes, separated by tabs. Texts are "
        "never cut short or padded, whatever the model's files say of it.",
    .positionals = tokenize_command::kPositionals,
    .examples = tokenize_command::kExamples,
    .options = tokenize_command::kOptions,
    .run = tokenize_command::Run,
};

}  // namespace wordkin::cli
