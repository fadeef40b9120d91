#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace wordkin {

// Smooth inverse frequency (Arora, Liang, Ma, ICLR 2017): a text is the mean of its words' vectors,
// each weighted by a / (a + the word's share of the corpus), less the part along the direction that
// all texts share.

inline constexpr double kDefaultSmoothing = 1e-3;  // the paper's a

// A weight for each count; 1 for what was never seen.
std::vector<float> SmoothInverseFrequencies(std::span<const std::uint64_t> counts,
                                            double smoothing = kDefaultSmoothing);

// row -= its part along 'direction', which has length one. What is left of a row that has no other
// part is zero, not what rounding made of it.
void TakeAwayDirection(std::span<const float> direction, std::span<float> row);

}  // namespace wordkin
