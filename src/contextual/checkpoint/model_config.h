#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/support/error.h"

namespace wordkin::contextual {

// The values of a model's config.json, each checked where it is asked for: what is missing, of
// another type or out of range throws kDamaged and names file and key.
class ModelConfig {
 public:
  // Throws kInputOutput when 'path' cannot be read, kDamaged when it holds no JSON object.
  explicit ModelConfig(const std::string& path);

  // False, too, when it is null.
  bool Has(const std::string& key) const { return Find(key) != nullptr; }
  // A whole number of 1 to kLargestCount.
  static constexpr std::size_t kLargestCount = 10'000'000;
  std::size_t Count(const std::string& key) const;
  std::size_t Count(const std::string& key, std::size_t fallback) const;
  // The same up to 'most', for what takes memory or time and no tensor confirms.
  std::size_t CountUpTo(std::size_t most, const std::string& key) const;
  // The same from 0 on.
  std::size_t Index(const std::string& key, std::size_t fallback) const;
  // A number from 'least' to 'most'.
  double Between(double least, double most, const std::string& key, double fallback) const;
  std::string Text(const std::string& key) const;
  std::string Text(const std::string& key, const std::string& fallback) const;
  bool Flag(const std::string& key, bool fallback) const;
  // The keys that begin with 'beginning' and whose flag is set.
  std::vector<std::string> FlagsSet(const std::string& beginning) const;
  // For a value that only some models of the family have: refuses all but 'expected'.
  void Require(const std::string& key, const std::string& expected) const;

  const std::string& path() const { return path_; }
  // kDamaged: "cannot use 'PATH': REASON".
  Error Refusal(const std::string& reason) const;

 private:
  // nullptr when the key is missing or null.
  const nlohmann::json* Find(const std::string& key) const;
  std::size_t Whole(std::size_t least, std::size_t most, const std::string& key) const;

  std::string path_;
  nlohmann::json values_;
};

}  // namespace wordkin::contextual
