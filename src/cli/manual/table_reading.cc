#include "cli/manual/table_reading.h"

#include <iterator>

#include "cli/command_table.h"
#include "cli/common_options.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {

std::vector<Option> AllOptions(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.insert(options.end(), std::begin(kUniversalOptions), std::end(kUniversalOptions));
  return options;
}

std::vector<std::string> DashedNames(const Option& option) {
  std::vector<std::string> names = {"--" + std::string(option.name)};
  if (option.letter != 0) names.push_back(std::string("-") + option.letter);
  return names;
}

bool TakesValue(const Option& option) { return option.kind != ValueKind::kSwitch; }

std::vector<std::string_view> Choices(const Option& option) {
  if (option.kind == ValueKind::kChoice) return SplitAt('|', option.value_name);
  if (option.suggestions.empty()) return {};
  return SplitAt('|', option.suggestions);
}

std::vector<std::string_view> Choices(const Positional& positional) {
  if (positional.kind != ValueKind::kChoice) return {};
  if (BareLabel(positional) != "COMMAND") return SplitAt('|', BareLabel(positional));
  std::vector<std::string_view> names;
  for (const Command* command : Commands()) names.push_back(command->name);
  return names;
}

std::string_view BareLabel(const Positional& positional) {
  std::string_view label = positional.label;
  if (label.starts_with('[')) label = label.substr(1, label.size() - 2);
  if (label.ends_with("...")) label.remove_suffix(3);
  return label;
}

bool Repeats(const Positional& positional) {
  return positional.label.find("...") != std::string_view::npos;
}

std::string JoinedBy(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

std::string Escaped(std::string_view text, std::string_view special, std::string_view escape) {
  std::string escaped;
  for (const char character : text) {
    if (special.find(character) != std::string_view::npos) escaped += escape;
    escaped += character;
  }
  return escaped;
}

}  // namespace wordkin::cli
