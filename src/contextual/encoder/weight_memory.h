#pragma once

#include <cstddef>
#include <memory>

namespace wordkin::contextual {

// Memory for a packed matrix on a 64-byte boundary, zero at first, cut from large blocks that live
// in huge pages where the system grants them: loading a model takes a page fault for each page
// otherwise. A block goes back when all that was cut from it has. Thread-safe. Throws kInputOutput
// when the memory cannot be had.
std::shared_ptr<void> AllocateWeights(std::size_t byte_count);

}  // namespace wordkin::contextual
