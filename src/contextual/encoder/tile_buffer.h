#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace wordkin::contextual {

// Room for values of a tile on a 64-byte boundary, used again from tile to tile: grows, and then
// begins with zeros; keeps what it holds otherwise.
template <typename Value>
class TileBuffer {
 public:
  Value* Reserve(std::size_t count) {
    if (count > capacity_) {
      values_.reset();
      capacity_ = 0;  // if there is no memory for the new ones
      values_.reset(static_cast<Value*>(
          ::operator new (count * sizeof(Value), std::align_val_t{kAlignment})));
      std::uninitialized_fill_n(values_.get(), count, Value{});
      capacity_ = count;
    }
    return values_.get();
  }

 private:
  static constexpr std::size_t kAlignment = 64;
  struct Free {
    void operator()(Value* values) const {
      ::operator delete (values, std::align_val_t{kAlignment});
    }
  };
  std::unique_ptr<Value, Free> values_;
  std::size_t capacity_ = 0;
};

}  // namespace wordkin::contextual
