#include "common/support/option_range.h"

#include <string>

#include "common/support/error.h"

namespace wordkin {
namespace {

// "0.000001", "10000"
std::string Text(double number) {
  std::string digits = std::to_string(number);
  if (digits.find('.') == std::string::npos) return digits;  // nan, inf
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

}  // namespace

void CheckRange(const char* option, double value, double least, double most) {
  if (value >= least && value <= most) return;  // false for NaN
  throw Error(ErrorKind::kUsage, std::string(option) + " must be from " + Text(least) + " to " +
                                     Text(most) + ", not " + Text(value));
}

}  // namespace wordkin
