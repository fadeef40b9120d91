#pragma once

#include <cstddef>
#include <span>

namespace wordkin::train {

// row += share * sum over copies, in their order, of (copy - row before). 'stride' floats each,
// aligned and padded as AlignedMatrix has them.
void MergeCopies(float* row, std::span<const float* const> copies, std::size_t stride, float share);

}  // namespace wordkin::train
