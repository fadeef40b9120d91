#pragma once

#include <cstdint>
#include <string>

namespace wordkin::train {

// Throws kInputOutput when 'folder' (empty: the temporary one) is not there or has less than
// 'byte_count' bytes of room for 'what'; the message says how much more memory would do without.
void RequireScratchSpace(const std::string& folder, std::uint64_t byte_count,
                         const std::string& what);

}  // namespace wordkin::train
