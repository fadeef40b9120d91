#include "cli/arguments.h"

#include <boost/program_options.hpp>
#include <cctype>
#include <optional>

#include "cli/common_options.h"
#include "cli/help_text.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/support/error.h"
#include "common/text/text_lines.h"

namespace wordkin::cli {
namespace {

namespace po = boost::program_options;

// Everything of the Unix style but allow_guessing, which would take --dim for --dimension and so
// turn each new option into a break of someone's script.
constexpr int kStyle =
    po::command_line_style::allow_long | po::command_line_style::allow_short |
    po::command_line_style::allow_dash_for_short | po::command_line_style::long_allow_adjacent |
    po::command_line_style::long_allow_next | po::command_line_style::short_allow_adjacent |
    po::command_line_style::short_allow_next;

void Declare(const Option& option, po::options_description& description) {
  std::string name(option.name);
  if (option.letter != 0) name += std::string(",") + option.letter;
  if (option.kind == ValueKind::kSwitch) {
    description.add_options()(name.c_str(), "");
  } else if (option.repeatable) {
    description.add_options()(name.c_str(), po::value<std::vector<std::string>>()->multitoken());
  } else {
    description.add_options()(name.c_str(), po::value<std::string>());
  }
}

// "-5" and "-.5e3" are words, not options: no option of ours is a digit.
std::vector<po::option> TakeNegativeNumber(std::vector<std::string>& words) {
  const std::string& word = words.front();
  if (word.size() < 2 || word[0] != '-') return {};
  const bool numeric = std::isdigit(static_cast<unsigned char>(word[1])) || word[1] == '.';
  if (!numeric) return {};
  po::option positional;
  positional.value = {word};
  positional.original_tokens = {word};
  words.erase(words.begin());
  return {positional};
}

[[noreturn]] void ThrowUnknownOption(const Command& command, const std::string& token) {
  const std::string given = token.substr(0, token.find('='));
  const std::string bare = given.substr(std::min(given.find_first_not_of('-'), given.size()));
  std::vector<std::string_view> names;
  for (const Option& option : command.options) names.push_back(option.name);
  for (const Option& option : kUniversalOptions) names.push_back(option.name);
  std::vector<std::string> near = NearestNames(bare, names);
  for (std::string& name : near) name = "--" + name;
  throw Error(ErrorKind::kUsage, "'" + std::string(command.name) + "' has no option '" + given +
                                     "'" + DidYouMean(near) + SeeHelp(command));
}

std::vector<po::option> Parse(const Command& command, const std::vector<std::string>& words) {
  po::options_description description;
  for (const Option& option : command.options) Declare(option, description);
  for (const Option& option : kUniversalOptions) Declare(option, description);
  try {
    return po::command_line_parser(words)
        .options(description)
        .style(kStyle)
        .extra_style_parser(TakeNegativeNumber)
        .allow_unregistered()
        .run()
        .options;
  } catch (const po::invalid_command_line_syntax& error) {
    std::string option = error.get_option_name();
    if (option.empty()) option = error.tokens();
    const bool extra = error.kind() == po::invalid_syntax::extra_parameter;
    throw Error(ErrorKind::kUsage, "option '" + option + "' " +
                                       (extra ? "takes no value" : "lacks its value") +
                                       SeeHelp(command));
  } catch (const po::error& error) {
    throw Error(ErrorKind::kUsage, std::string(error.what()) + SeeHelp(command));
  }
}

void CheckChoice(const Option& option, const std::string& value) {
  const std::vector<std::string_view> choices = SplitAt('|', option.value_name);
  std::string listed;
  for (const std::string_view choice : choices) {
    if (choice == value) return;
    if (!listed.empty()) listed += choice == choices.back() ? " or " : ", ";
    listed += choice;
  }
  throw Error(ErrorKind::kUsage, "option '--" + std::string(option.name) + "' takes " + listed +
                                     ", not '" + value + "'");
}

// Bounds of 32 bits or less are worth naming; beyond, only what fits is asked for.
std::string RangeText(const Option& option) {
  const bool is_integer = option.kind == ValueKind::kInteger;
  const auto text = [is_integer](double bound) {
    return is_integer ? WithThousands(static_cast<std::uint64_t>(bound)) : ShortNumber(bound);
  };
  if (option.highest > kMostWords) return " of at least " + text(option.lowest);
  return " from " + text(option.lowest) + " to " + text(option.highest);
}

void CheckNumber(const Option& option, const std::string& value) {
  std::optional<double> number;
  if (option.kind == ValueKind::kReal) {
    number = ParseReal(value);
  } else if (const std::optional<std::uint64_t> whole = ParseInteger(value)) {
    number = static_cast<double>(*whole);
  }
  if (number && *number >= option.lowest && *number <= option.highest) return;
  throw Error(ErrorKind::kUsage,
              "option '--" + std::string(option.name) + "' takes a " +
                  (option.kind == ValueKind::kInteger ? "whole number" : "number") +
                  RangeText(option) + ", not '" + value + "'");
}

void CheckValue(const Option& option, const std::string& value) {
  switch (option.kind) {
    case ValueKind::kSwitch:
    case ValueKind::kText:
      return;
    case ValueKind::kChoice:
      return CheckChoice(option, value);
    case ValueKind::kInteger:
    case ValueKind::kReal:
      return CheckNumber(option, value);
    case ValueKind::kFile:
      break;
  }
  if (!value.empty()) return;
  throw Error(ErrorKind::kUsage,
              "option '--" + std::string(option.name) + "' takes a file, not an empty name");
}

}  // namespace

Arguments::Arguments(const Command& command, const std::vector<std::string>& words)
    : command_(&command) {
  for (const po::option& option : Parse(command, words)) {
    if (option.unregistered) ThrowUnknownOption(command, option.original_tokens.front());
    if (option.string_key.empty()) {
      positionals_.insert(positionals_.end(), option.value.begin(), option.value.end());
      continue;
    }
    // Boost hands a short option on under its letter with the dash.
    const std::string_view key = option.string_key;
    const Option& known = Find(key.starts_with('-') ? key.substr(1) : key);
    CheckNoOptionIsTakenAsValue(option.original_tokens, known);
    const auto [entry, is_new] = values_.try_emplace(std::string(known.name));
    if (!is_new && !known.repeatable) {
      throw Error(ErrorKind::kUsage, "option '--" + std::string(known.name) + "' is given twice");
    }
    entry->second.insert(entry->second.end(), option.value.begin(), option.value.end());
  }
  CheckNothingIsMissing();
  CheckValues();
}

// Boost would take "--quiet" in "-o --quiet" for a file's name.
void Arguments::CheckNoOptionIsTakenAsValue(const std::vector<std::string>& tokens,
                                            const Option& option) const {
  if (tokens.size() < 2 || !tokens[1].starts_with('-')) return;
  const std::size_t dashes = tokens[1].starts_with("--") ? 2 : 1;
  const std::string name = tokens[1].substr(dashes, tokens[1].find('=') - dashes);
  if (FindOrNull(name) == nullptr || (dashes == 1) != (name.size() == 1)) return;
  throw Error(ErrorKind::kUsage, "option '--" + std::string(option.name) + "' lacks its value; '" +
                                     tokens[1] + "' is an option itself" + SeeHelp(*command_));
}

bool Arguments::Has(std::string_view name) const { return values_.contains(Find(name).name); }

std::string Arguments::Text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::string(Find(name).default_value);
  return found->second.front();
}

std::vector<std::string> Arguments::Texts(std::string_view name) const {
  const auto found = values_.find(Find(name).name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::uint64_t Arguments::Integer(std::string_view name) const {
  if (const std::optional<std::uint64_t> number = ParseInteger(Text(name))) return *number;
  ThrowNoSuchOption(name);
}

double Arguments::Real(std::string_view name) const {
  if (const std::optional<double> number = ParseReal(Text(name))) return *number;
  ThrowNoSuchOption(name);
}

const Option* Arguments::FindOrNull(std::string_view name) const {
  const auto matches = [name](const Option& option) {
    return option.name == name || (name.size() == 1 && name[0] == option.letter);
  };
  for (const Option& option : command_->options) {
    if (matches(option)) return &option;
  }
  for (const Option& option : kUniversalOptions) {
    if (matches(option)) return &option;
  }
  return nullptr;
}

const Option& Arguments::Find(std::string_view name) const {
  if (const Option* option = FindOrNull(name)) return *option;
  ThrowNoSuchOption(name);
}

void Arguments::CheckValues() const {
  for (const auto& [name, values] : values_) {
    const Option& option = Find(name);
    for (const std::string& value : values) CheckValue(option, value);
  }
}

std::vector<std::string> Arguments::GivenOptions() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : values_) names.push_back(name);
  return names;
}

std::string Arguments::TakenByOptions() const {
  for (const auto& [name, values] : values_) {
    if (values.size() < 2) continue;
    return "; --" + name + " took " + std::to_string(values.size()) +
           " words, since it takes all that follow up to the next option: what is no value of it "
           "must stand before";
  }
  return "";
}

std::vector<std::string> Arguments::Words() const {
  std::vector<std::string> words;
  for (const auto& [name, values] : values_) {
    const std::string dashed = "--" + name;
    if (Find(name).kind == ValueKind::kSwitch) {
      words.push_back(dashed);
      continue;
    }
    // In one word, since the value may begin with a dash.
    for (const std::string& value : values) words.push_back(dashed + "=" + value);
  }
  words.push_back("--");
  words.insert(words.end(), positionals_.begin(), positionals_.end());
  return words;
}

void Arguments::CheckNothingIsMissing() const {
  const std::string name(command_->name);
  const std::size_t count = positionals_.size();
  if (count > command_->maximum_positionals) {
    throw Error(ErrorKind::kUsage, "'" + name + "' does not know what to do with '" +
                                       positionals_[command_->maximum_positionals] + "'" +
                                       SeeUsage(*command_));
  }
  if (!command_->sufficient_option.empty() && Has(command_->sufficient_option)) return;
  if (count < command_->minimum_positionals) {
    const std::size_t missing = std::min(count, command_->positionals.size() - 1);
    throw Error(ErrorKind::kUsage, "'" + name + "' lacks its " +
                                       std::string(command_->positionals[missing].label) +
                                       TakenByOptions() + SeeUsage(*command_));
  }
  for (const Option& option : command_->options) {
    if (!option.required || Has(option.name)) continue;
    throw Error(ErrorKind::kUsage,
                "'" + name + "' lacks its " + RequiredText(option) + SeeUsage(*command_));
  }
}

void Arguments::ThrowNoSuchOption(std::string_view name) {
  throw Error(ErrorKind::kInternal, "no option '" + std::string(name) + "' in the table");
}

}  // namespace wordkin::cli
