#include "common/support/error.h"

#include <system_error>

namespace wordkin {

Error SystemError(const std::string& attempt, int error_number) {
  return Error(ErrorKind::kInputOutput,
               attempt + ": " + std::generic_category().message(error_number));
}

}  // namespace wordkin
