#pragma once

namespace wordkin::train {

// Ends a run whose loss or vectors have left all sense, as kUsage that names the option to lower.
[[noreturn]] void ThrowDiverged();

}  // namespace wordkin::train
