#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// A field of a JSON document with the way to it, so that whatever is wrong is told by name:
// "'DIR/tokenizer.json': model.unk_token is a number, not a string" (kDamaged).
class JsonField {
 public:
  // Both outlive the field; 'file' is how messages call the document.
  JsonField(const nlohmann::json& document, const std::string& file)
      : file_(&file), value_(&document) {}

  // Of an object. Absent fields are null.
  JsonField operator[](std::string_view key) const;
  std::vector<JsonField> Elements() const;
  // Names and values of an object.
  std::vector<std::pair<std::string, JsonField>> Members() const;

  bool IsNull() const { return value_->is_null(); }
  bool IsObject() const { return value_->is_object(); }
  bool IsZero() const { return value_->is_number() && value_->get<double>() == 0; }
  const std::string& Text() const;
  std::string TextOr(std::string_view fallback) const;
  bool Flag() const;
  bool FlagOr(bool fallback) const { return IsNull() ? fallback : Flag(); }
  // A whole number of 0 to 'most'.
  std::int64_t Whole(std::int64_t most) const;

  // Refuses an object that has fields of other names: they would ask for what is not done.
  void AllowOnly(std::initializer_list<std::string_view> keys) const;
  // "'FILE': PATH REASON"
  [[noreturn]] void Refuse(const std::string& reason) const;

 private:
  JsonField(const JsonField& parent, const nlohmann::json& value, std::string path)
      : file_(parent.file_), value_(&value), path_(std::move(path)) {}
  [[noreturn]] void RefuseType(const char* wanted) const;

  const std::string* file_;
  const nlohmann::json* value_;
  std::string path_;
};

}  // namespace wordkin::contextual
