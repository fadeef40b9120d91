#pragma once

#include <cstddef>
#include <span>

namespace wordkin {

// Bytes that are appended without being copied when there is no room: pages move instead. Memory
// is taken for what was appended, not for the room. Movable.
class GrowingMemory {
 public:
  GrowingMemory() = default;
  ~GrowingMemory();
  GrowingMemory(GrowingMemory&& other) noexcept;
  GrowingMemory& operator=(GrowingMemory&& other) noexcept;

  // Room for 'count' bytes behind bytes(), which Append() takes in. Valid until the next call.
  // Throws std::bad_alloc.
  std::span<std::byte> Room(std::size_t count);
  // The first 'count' bytes of the room are content now.
  void Append(std::size_t count) { size_ += count; }

  // Moves with the next Room().
  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace wordkin
