#include "contextual/checkpoint/model_config.h"

#include <array>
#include <charconv>

#include "common/formats/parse_json.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

using nlohmann::json;

// "1e-30"
std::string ShortNumber(double number) {
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

}  // namespace

ModelConfig::ModelConfig(const std::string& path) : path_(path) {
  const MappedFile file(path);
  values_ = ParseForeignJson(file.text(), "'" + path + "'");
  if (!values_.is_object()) throw Refusal("it holds no JSON object");
}

Error ModelConfig::Refusal(const std::string& reason) const {
  return {ErrorKind::kDamaged, "cannot use '" + path_ + "': " + reason};
}

const json* ModelConfig::Find(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() || found->is_null() ? nullptr : &*found;
}

std::size_t ModelConfig::Count(const std::string& key) const {
  return CountUpTo(kLargestCount, key);
}

std::size_t ModelConfig::CountUpTo(std::size_t most, const std::string& key) const {
  return Whole(1, most, key);
}

std::size_t ModelConfig::Count(const std::string& key, std::size_t fallback) const {
  return Find(key) == nullptr ? fallback : Count(key);
}

std::size_t ModelConfig::Index(const std::string& key, std::size_t fallback) const {
  return Find(key) == nullptr ? fallback : Whole(0, kLargestCount, key);
}

std::size_t ModelConfig::Whole(std::size_t least, std::size_t most, const std::string& key) const {
  const json* const value = Find(key);
  if (value == nullptr) throw Refusal("it has no '" + key + "'");
  if (!value->is_number_unsigned() || *value < least || *value > most) {
    throw Refusal("its '" + key + "' is no whole number of " + std::to_string(least) + " to " +
                  std::to_string(most));
  }
  return *value;
}

double ModelConfig::Between(double least, double most, const std::string& key,
                            double fallback) const {
  const json* const value = Find(key);
  if (value == nullptr) return fallback;
  if (!value->is_number() || !(*value >= least && *value <= most)) {
    throw Refusal("its '" + key + "' is no number of " + ShortNumber(least) + " to " +
                  ShortNumber(most));
  }
  return *value;
}

std::string ModelConfig::Text(const std::string& key) const {
  const json* const value = Find(key);
  if (value == nullptr) throw Refusal("it has no '" + key + "'");
  if (!value->is_string()) throw Refusal("its '" + key + "' is no text");
  return *value;
}

std::string ModelConfig::Text(const std::string& key, const std::string& fallback) const {
  return Find(key) == nullptr ? fallback : Text(key);
}

bool ModelConfig::Flag(const std::string& key, bool fallback) const {
  const json* const value = Find(key);
  if (value == nullptr) return fallback;
  if (!value->is_boolean()) throw Refusal("its '" + key + "' is neither true nor false");
  return *value;
}

std::vector<std::string> ModelConfig::FlagsSet(const std::string& beginning) const {
  std::vector<std::string> keys;
  for (const auto& [key, value] : values_.items()) {
    if (key.starts_with(beginning) && Flag(key, false)) keys.push_back(key);
  }
  return keys;
}

void ModelConfig::Require(const std::string& key, const std::string& expected) const {
  const std::string value = Text(key, expected);
  if (value != expected) {
    throw Refusal("its '" + key + "' is " + QuoteExcerpt(value) + "; Wordkin runs only '" +
                  expected + "'");
  }
}

}  // namespace wordkin::contextual
