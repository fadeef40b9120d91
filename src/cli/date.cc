#include "cli/date.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "cli/numbers.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

constexpr std::uint64_t kLastSecondOfYear9999 = 253402300799;

const char* EpochText() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  return text != nullptr && *text != '\0' ? text : nullptr;
}

}  // namespace

bool BuildsReproducibly() { return EpochText() != nullptr; }

void CheckSourceDate() { DateInUtc(); }

std::string DateInUtc() {
  std::time_t seconds = std::time(nullptr);
  if (const char* text = EpochText()) {
    const std::optional<std::uint64_t> epoch = ParseInteger(text);
    if (!epoch || *epoch > kLastSecondOfYear9999) {
      throw Error(ErrorKind::kUsage,
                  "SOURCE_DATE_EPOCH is to be a number of seconds since 1970, "
                  "not '" +
                      std::string(text) + "'");
    }
    seconds = static_cast<std::time_t>(*epoch);
  }
  std::tm utc = {};
  ::gmtime_r(&seconds, &utc);
  std::array<char, 32> date;
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return date.data();
}

}  // namespace wordkin::cli
