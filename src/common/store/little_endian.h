#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace wordkin {

// The file is little endian and its large sections are used where they lie.
static_assert(std::endian::native == std::endian::little, "a big-endian port must swap bytes");

// The value at 'offset', which must lie whole inside 'bytes'.
template <typename Value>
Value Load(std::span<const std::byte> bytes, std::size_t offset) {
  static_assert(std::is_trivially_copyable_v<Value>);
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

template <typename Value>
void Store(std::span<std::byte> bytes, std::size_t offset, Value value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

// A section as an array; sections begin at multiples of 64 bytes of a page-aligned mapping, and
// their lengths were checked against the shape.
template <typename Value>
std::span<const Value> ViewAs(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<Value>);
  return {reinterpret_cast<const Value*>(bytes.data()), bytes.size() / sizeof(Value)};
}

}  // namespace wordkin
