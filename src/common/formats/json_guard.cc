#include "common/formats/json_guard.h"

#include <algorithm>

#include "common/text/printable.h"

namespace wordkin {

void JsonGuard::StartObject() {
  Descend();
  open_.push_back({keys_.size(), bytes_.size()});
}

void JsonGuard::Key(std::string_view key) {
  const auto begin = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += key;
  keys_.push_back({begin, static_cast<std::uint32_t>(bytes_.size())});
}

void JsonGuard::EndObject() {
  const auto text = [this](const KeyPlace& key) {
    return std::string_view(bytes_).substr(key.begin, key.end - key.begin);
  };
  const OpenObject object = open_.back();
  const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(object.first_key);
  std::ranges::sort(first, keys_.end(), {}, text);
  const auto twice = std::ranges::adjacent_find(first, keys_.end(), {}, text);
  if (twice != keys_.end()) {
    Refuse("its JSON has the key '" + Excerpt(text(*twice)) + "' twice in one object");
  }
  keys_.erase(first, keys_.end());
  bytes_.resize(object.first_byte);
  open_.pop_back();
  --depth_;
}

void JsonGuard::Descend() {
  if (++depth_ > kDeepestJson) {
    Refuse("its JSON is nested deeper than " + std::to_string(kDeepestJson) + " levels");
  }
}

void JsonGuard::Refuse(const std::string& reason) const {
  throw Error(ErrorKind::kDamaged, "cannot read " + source_ + ": " + reason);
}

Error UnreadableJson(const std::string& source, const nlohmann::json::exception& failure) {
  const auto* const syntax = dynamic_cast<const nlohmann::json::parse_error*>(&failure);
  return {ErrorKind::kDamaged,
          "cannot read " + source + ": " +
              (syntax == nullptr ? "it holds a number that is out of range"
                                 : "it is no valid JSON: at byte " + std::to_string(syntax->byte))};
}

}  // namespace wordkin
