#pragma once

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
  }
  return kOurMistake;
}

}  // namespace wordkin::cli
