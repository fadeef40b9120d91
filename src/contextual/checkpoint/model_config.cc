#include "contextual/checkpoint/model_config.h"

#include <cmath>

#include "common/formats/parse_json.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"

namespace wordkin::contextual {

using nlohmann::json;

ModelConfig::ModelConfig(const std::string& path) : path_(path) {
  const MappedFile file(path);
  values_ = ParseForeignJson(
      {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()}, "'" + path + "'");
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
  const json* const value = Find(key);
  if (value == nullptr) throw Refusal("it has no '" + key + "'");
  if (!value->is_number_unsigned() || *value == 0u || *value > most) {
    throw Refusal("its '" + key + "' is no whole number of 1 to " + std::to_string(most));
  }
  return *value;
}

std::size_t ModelConfig::Count(const std::string& key, std::size_t fallback) const {
  return Find(key) == nullptr ? fallback : Count(key);
}

double ModelConfig::Positive(const std::string& key, double fallback) const {
  const json* const value = Find(key);
  if (value == nullptr) return fallback;
  if (!value->is_number() || !(value->get<double>() > 0) || std::isinf(value->get<double>())) {
    throw Refusal("its '" + key + "' is no number above zero");
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

void ModelConfig::Require(const std::string& key, const std::string& expected) const {
  const std::string value = Text(key, expected);
  if (value != expected) {
    throw Refusal("its '" + key + "' is " + QuoteExcerpt(value) + "; Wordkin runs only '" +
                  expected + "'");
  }
}

}  // namespace wordkin::contextual
