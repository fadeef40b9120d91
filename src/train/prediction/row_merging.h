#pragma once

#include <cstddef>
#include <span>

namespace wordkin::train {

// What part of the changes of 'copy_count' copies to add to a row, each visited 'visits' times by
// an (input, output) pair. Of rows seldom visited, all: the changes are of different steps. A row
// visited so often that each copy alone is taken where it is drawn (the root of a Huffman tree,
// say) would overshoot as many times as there are copies: there it is their mean.
float ShareOfChanges(float visits, std::size_t copy_count, float learning_rate);

// row += share * sum over copies, in their order, of (copy - row before). 'stride' floats each,
// aligned and padded as AlignedMatrix has them.
void MergeCopies(float* row, std::span<const float* const> copies, std::size_t stride, float share);

}  // namespace wordkin::train
