#pragma once

#include <atomic>

namespace wordkin::train {

// For work that nothing interrupts.
inline const std::atomic<bool> kNeverStop{false};

}  // namespace wordkin::train
