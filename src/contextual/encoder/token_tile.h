#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wordkin::contextual {

// Sequences behind one another, without padding: ids of all, and the length of each, none 0.
struct TokenTile {
  std::span<const std::int32_t> ids;
  std::span<const std::size_t> lengths;

  std::size_t token_count() const { return ids.size(); }
};

}  // namespace wordkin::contextual
