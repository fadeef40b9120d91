#include "common/formats/parse_json.h"

#include <set>
#include <vector>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

using nlohmann::json;

// Watches a parse for what nlohmann lets pass.
class Watch {
 public:
  explicit Watch(const std::string& source) : source_(source) {}

  bool operator()(int depth, json::parse_event_t event, const json& value) {
    // What starts is one level below the depth at which it starts.
    const bool starts =
        event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    if (depth + (starts ? 1 : 0) > kDeepestJson) {
      throw Error(ErrorKind::kDamaged, "cannot read " + source_ +
                                           ": its JSON is nested deeper than " +
                                           std::to_string(kDeepestJson) + " levels");
    }
    if (event == json::parse_event_t::object_start) keys_.emplace_back();
    if (event == json::parse_event_t::object_end) keys_.pop_back();
    if (event == json::parse_event_t::key &&
        !keys_.back().insert(value.get<std::string>()).second) {
      throw Error(ErrorKind::kDamaged, "cannot read " + source_ + ": its JSON has the key '" +
                                           Excerpt(value.get_ref<const std::string&>()) +
                                           "' twice in one object");
    }
    return true;
  }

 private:
  const std::string& source_;
  std::vector<std::set<std::string>> keys_;  // of the objects that are open
};

}  // namespace

json ParseForeignJson(std::string_view text, const std::string& source) {
  try {
    return json::parse(text, Watch(source));
  } catch (const json::exception& failure) {
    throw Error(ErrorKind::kDamaged, "cannot read " + source + ": it is no valid JSON (" +
                                         Excerpt(failure.what()) + ")");
  }
}

}  // namespace wordkin
