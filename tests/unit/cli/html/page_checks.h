#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::cli {

// Where the tag that begins at 'begin' ends: at '>' outside of quotes; npos if nowhere.
inline std::size_t TagEnd(std::string_view page, std::size_t begin) {
  bool is_quoted = false;
  for (std::size_t place = begin; place < page.size(); ++place) {
    if (page[place] == '"') is_quoted = !is_quoted;
    if (page[place] == '<' && place > begin) return std::string_view::npos;
    if (page[place] == '>' && !is_quoted) return place;
  }
  return std::string_view::npos;
}

// The first fault in how tags are nested; empty when there is none.
inline std::string NestingFault(std::string_view page) {
  static constexpr std::array<std::string_view, 5> kVoid = {"!doctype", "meta", "input", "img",
                                                            "br"};
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    const std::size_t end = TagEnd(page, at);
    if (end == std::string_view::npos) return "no end: " + std::string(page.substr(at, 60));
    const bool closes = page[at + 1] == '/';
    const std::size_t name_at = at + (closes ? 2 : 1);
    const std::string name(page.substr(name_at, page.find_first_of(" />\n", name_at) - name_at));
    if (closes) {
      if (open.empty() || open.back() != name)
        return "not open: " + std::string(page.substr(at, 60));
      open.pop_back();
    } else if (page[end - 1] != '/' && std::ranges::find(kVoid, name) == kVoid.end()) {
      open.push_back(name);
      // Nothing in these is a tag but their end.
      if (name == "script" || name == "style") at = page.find("</" + name, end) - 1;
    }
  }
  return open.empty() ? "" : "left open: " + open.back();
}

inline std::size_t Count(std::string_view page, std::string_view wanted) {
  std::size_t count = 0;
  for (std::size_t at = page.find(wanted); at != std::string_view::npos;
       at = page.find(wanted, at + wanted.size())) {
    ++count;
  }
  return count;
}

// What in the page would be fetched from elsewhere; empty when nothing is.
inline std::string OutsideAddress(std::string_view page) {
  for (const char* const outside : {"http://", "https://", "src=\"/", "url(", "@import", "//cdn"}) {
    if (page.find(outside) != std::string_view::npos) return outside;
  }
  return "";
}

}  // namespace wordkin::cli
