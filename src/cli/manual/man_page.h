#pragma once

#include <string>

namespace wordkin::cli {

// The page wordkin(1) in roff's macros 'man': every command with its options and examples, exit
// codes, variables. Its date is that of SOURCE_DATE_EPOCH, where that is set, else today's.
std::string ManPage();

}  // namespace wordkin::cli
