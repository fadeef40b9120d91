#pragma once

#include <string_view>

#include "common/support/error.h"

namespace wordkin::cli {

// What the program returns to its caller; the numbers are a promise.
enum ExitCode : int {
  kDone = 0,
  kNothingFound = 1,
  kWrongUsage = 2,
  kInputOutputFailed = 3,
  kDamagedData = 4,
  kOurMistake = 70,
  kInterrupted = 130,
};

struct ExitCodeMeaning {
  ExitCode code;
  std::string_view meaning;
};

inline constexpr ExitCodeMeaning kExitCodeMeanings[] = {
    {kDone, "done"},
    {kNothingFound, "nothing found (an unknown word)"},
    {kWrongUsage, "wrong usage"},
    {kInputOutputFailed, "input or output failed"},
    {kDamagedData, "damaged or incompatible data"},
    {kOurMistake, "a mistake of wordkin's own"},
    {kInterrupted, "interrupted (Ctrl-C)"},
};

constexpr int ExitCodeOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kNotFound:
      return kNothingFound;
    case ErrorKind::kUsage:
      return kWrongUsage;
    case ErrorKind::kInputOutput:
      return kInputOutputFailed;
    case ErrorKind::kDamaged:
      return kDamagedData;
    case ErrorKind::kInternal:
      return kOurMistake;
    case ErrorKind::kInterrupted:
      return kInterrupted;
  }
  return kOurMistake;
}

}  // namespace wordkin::cli
