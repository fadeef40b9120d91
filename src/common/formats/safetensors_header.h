#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "common/formats/tensor.h"

namespace wordkin {

using NamedTensors = std::map<std::string, Tensor, std::less<>>;

// No tensor has more extents: what a short "1," takes in memory is eight bytes.
inline constexpr std::size_t kMostExtents = 64;

// The tensors that a safetensors file's JSON header describes, their bytes being parts of 'data'.
// Read event by event, since a tree of the JSON would take 25 times its size. Throws kDamaged that
// names 'path', and the tensor whose description is wrong, lies outside of 'data' or does not fit
// its bytes.
NamedTensors ParseSafetensorsHeader(std::string_view header, std::span<const std::byte> data,
                                    const std::string& path);

}  // namespace wordkin
