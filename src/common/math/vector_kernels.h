#pragma once

#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin {

// Plain float32 kernels for code outside the training loop, dispatched to the instruction set in
// use. Spans given together must have the same length; any length and alignment will do.

float Dot(std::span<const float> a, std::span<const float> b);

// target += factor * source
void AddScaled(std::span<float> target, float factor, std::span<const float> source);

// Divides by the Euclidean length, which it returns; a zero vector stays zero.
float Normalize(std::span<float> vector);

// The mean of a matrix's rows, of which there is one at least.
std::vector<float> MeanOfRows(const AlignedMatrix& rows);

// True when no value is infinite or NaN.
bool AllFinite(std::span<const float> values);

}  // namespace wordkin
