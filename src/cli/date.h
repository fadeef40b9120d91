#pragma once

#include <string>

namespace wordkin::cli {

// True when the variable SOURCE_DATE_EPOCH asks for files that do not depend on when they are made.
bool BuildsReproducibly();

// Now in UTC, "2026-11-22T12:00:00Z"; the time of SOURCE_DATE_EPOCH when that is set. Throws kUsage
// when it is no number of seconds.
std::string DateInUtc();

}  // namespace wordkin::cli
