#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "common/support/error.h"

namespace wordkin {

inline constexpr int kDeepestJson = 64;

// Follows a JSON text event by event, and refuses (kDamaged) what nlohmann lets pass: a key twice
// in one object, told where the object ends, and nesting deeper than kDeepestJson levels. Keeps the
// keys of the objects that are open, which together are below 4 GiB.
class JsonGuard {
 public:
  // 'source' is how messages call the text ("'model/config.json'"), and outlives this.
  explicit JsonGuard(const std::string& source) : source_(source) {}

  void StartObject();
  void Key(std::string_view key);
  void EndObject();
  void StartArray() { Descend(); }
  void EndArray() { --depth_; }

 private:
  struct KeyPlace {
    std::uint32_t begin, end;  // in bytes_
  };
  struct OpenObject {
    std::size_t first_key, first_byte;
  };

  void Descend();
  [[noreturn]] void Refuse(const std::string& reason) const;

  const std::string& source_;
  int depth_ = 0;
  std::string bytes_;
  std::vector<KeyPlace> keys_;
  std::vector<OpenObject> open_;
};

// What a text is refused with that nlohmann refused with 'failure', whose own words say more of the
// parser than of the text.
Error UnreadableJson(const std::string& source, const nlohmann::json::exception& failure);

}  // namespace wordkin
