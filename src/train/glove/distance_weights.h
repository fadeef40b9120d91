#pragma once

#include <cstdint>
#include <vector>

namespace wordkin::train {

// The weights 1 / distance of a window as whole multiples of 1 / unit, so that sums of them do not
// depend on the order of adding. Exact for windows up to 16; beyond, a weight is off by less than
// a hundred-thousandth of itself, far below what a single occurrence more or less would change.
struct DistanceWeights {
  std::uint64_t unit = 1;
  std::vector<std::uint64_t> weights;  // [distance - 1]
};

DistanceWeights WeightsForWindow(int window_radius);

}  // namespace wordkin::train
