#pragma once

#include <string>
#include <string_view>

#include "common/support/error.h"

namespace wordkin::contextual {

// What 'build' returns. An error of its that does not begin with a file's name gets that of 'name'.
template <typename Build>
auto Named(const std::string& name, const Build& build) {
  try {
    return build();
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with("'")) throw;
    throw Error(error.kind(), name + ": " + error.what());
  }
}

}  // namespace wordkin::contextual
