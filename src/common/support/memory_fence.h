#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define WORDKIN_FENCES_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WORDKIN_FENCES_MEMORY 1
#endif
#endif
#ifdef WORDKIN_FENCES_MEMORY
#include <sanitizer/asan_interface.h>
#endif

namespace wordkin {

// AddressSanitizer knows the bounds of what comes from the heap; of mapped pages it must be told.
// Builds without it do nothing here.

// From now on touching the bytes is reported.
inline void FenceOff([[maybe_unused]] const void* begin, [[maybe_unused]] std::size_t count) {
#ifdef WORDKIN_FENCES_MEMORY
  __asan_poison_memory_region(begin, count);
#endif
}

// No longer; to be called before the pages are given back, as others may be mapped there.
inline void TakeFenceAway([[maybe_unused]] const void* begin, [[maybe_unused]] std::size_t count) {
#ifdef WORDKIN_FENCES_MEMORY
  __asan_unpoison_memory_region(begin, count);
#endif
}

}  // namespace wordkin
