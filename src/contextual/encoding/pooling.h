#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace wordkin::contextual {

// How the vectors of a text's pieces become one; special pieces are counted like any others.
enum class Pooling {
  kMean,
  kCls,   // that of the first piece
  kMax,   // the largest value in each dimension
  kNone,  // all of them
};

// As the command line spells it: "mean".
std::string_view PoolingName(Pooling pooling);

// Rows of a text of 'token_count' pieces.
constexpr std::size_t PooledRows(Pooling pooling, std::size_t token_count) {
  return pooling == Pooling::kNone ? token_count : 1;
}

// 'states' (tokens x dimension) to 'pooled' (PooledRows x dimension).
void Pool(Pooling pooling, std::span<const float> states, std::size_t dimension,
          std::span<float> pooled);

}  // namespace wordkin::contextual
