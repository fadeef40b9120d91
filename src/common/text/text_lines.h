#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin {

// Files of lines that are small enough to be read whole: question sets, lists.

// The whole text of a file, "-" or compressed as OpenByteSource takes them. Throws kInputOutput.
std::string ReadWholeText(const std::string& path);

// The text without blanks and tabs around it.
std::string_view TrimSpaces(std::string_view text);

// Calls visit(line, number) for every line that is not blank, trimmed; numbers count from 1. A byte
// order mark and the CR of CRLF are no part of a line.
void ForEachLine(std::string_view text,
                 const std::function<void(std::string_view, std::size_t)>& visit);

// The fields between separators, trimmed.
std::vector<std::string_view> SplitAt(char separator, std::string_view line);

}  // namespace wordkin
