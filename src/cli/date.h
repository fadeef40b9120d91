#pragma once

#include <string>

namespace wordkin::cli {

// True when the variable SOURCE_DATE_EPOCH asks for files that do not depend on when they are made.
bool BuildsReproducibly();

// Throws kUsage when SOURCE_DATE_EPOCH is no number of seconds: to be called before long work that
// ends with DateInUtc().
void CheckSourceDate();

// Now in UTC, "2026-11-22T12:00:00Z"; the time of SOURCE_DATE_EPOCH when that is set. Throws kUsage
// as CheckSourceDate() does.
std::string DateInUtc();

}  // namespace wordkin::cli
