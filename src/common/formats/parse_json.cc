#include "common/formats/parse_json.h"

#include <cstdint>

#include "common/formats/json_guard.h"
#include "common/support/error.h"

namespace wordkin {

namespace {

using nlohmann::json;

// Follows nlohmann's SAX events for the guard alone.
class GuardedReader {
 public:
  explicit GuardedReader(const std::string& source) : source_(source), guard_(source) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t) {
    guard_.StartObject();
    return true;
  }
  bool key(std::string& text) {
    guard_.Key(text);
    return true;
  }
  bool end_object() {
    guard_.EndObject();
    return true;
  }
  bool start_array(std::size_t) {
    guard_.StartArray();
    return true;
  }
  bool end_array() {
    guard_.EndArray();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& failure) {
    throw UnreadableJson(source_, failure);
  }

 private:
  const std::string& source_;
  JsonGuard guard_;
};

}  // namespace

json ParseForeignJson(std::string_view text, const std::string& source) {
  if (text.size() > kLargestJson) {
    throw Error(ErrorKind::kDamaged, "cannot read " + source + ": it is longer than " +
                                         std::to_string(kLargestJson) + " bytes");
  }
  // Twice through the text: a parse that calls back takes time quadratic in an object's members.
  GuardedReader reader(source);
  json::sax_parse(text.data(), text.data() + text.size(), &reader);
  return json::parse(text);
}

}  // namespace wordkin
