#include "contextual/tokenizers/json_field.h"

#include <algorithm>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

const nlohmann::json kNull;

// "a number"
std::string KindOf(const nlohmann::json& value) {
  if (value.is_boolean()) return "true or false";
  const std::string name = value.type_name();
  return (name.starts_with("a") || name.starts_with("o") ? "an " : "a ") + name;
}

}  // namespace

JsonField JsonField::operator[](std::string_view key) const {
  if (!value_->is_object()) RefuseType("an object");
  const auto found = value_->find(key);
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  return {*this, found == value_->end() ? kNull : *found, path};
}

std::vector<JsonField> JsonField::Elements() const {
  if (!value_->is_array()) RefuseType("an array");
  std::vector<JsonField> elements;
  for (const nlohmann::json& element : *value_) {
    elements.push_back({*this, element, path_ + "[" + std::to_string(elements.size()) + "]"});
  }
  return elements;
}

std::vector<std::pair<std::string, JsonField>> JsonField::Members() const {
  if (!value_->is_object()) RefuseType("an object");
  std::vector<std::pair<std::string, JsonField>> members;
  for (const auto& [key, value] : value_->items()) members.emplace_back(key, (*this)[key]);
  return members;
}

const std::string& JsonField::Text() const {
  if (!value_->is_string()) RefuseType("a string");
  return value_->get_ref<const std::string&>();
}

std::string JsonField::TextOr(std::string_view fallback) const {
  return IsNull() ? std::string(fallback) : Text();
}

bool JsonField::Flag() const {
  if (!value_->is_boolean()) RefuseType("true or false");
  return value_->get<bool>();
}

std::int64_t JsonField::Whole(std::int64_t most) const {
  if (!value_->is_number_unsigned()) RefuseType("a whole number of 0 or more");
  const auto number = value_->get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(most)) {
    Refuse("is " + std::to_string(number) + ", above " + std::to_string(most));
  }
  return static_cast<std::int64_t>(number);
}

void JsonField::AllowOnly(std::initializer_list<std::string_view> keys) const {
  if (!value_->is_object()) RefuseType("an object");
  for (const auto& [key, value] : value_->items()) {
    if (std::ranges::find(keys, key) == keys.end()) {
      (*this)[key].Refuse("is a setting that this program does not know");
    }
  }
}

void JsonField::Refuse(const std::string& reason) const {
  throw Error(ErrorKind::kDamaged,
              *file_ + ": " + (path_.empty() ? "" : Printable(path_) + " ") + reason);
}

void JsonField::RefuseType(const char* wanted) const {
  if (IsNull()) Refuse("is missing or null: it has to be " + std::string(wanted));
  Refuse("is " + KindOf(*value_) + ", not " + wanted);
}

}  // namespace wordkin::contextual
