#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contextual/tokenizers/aligned_text.h"

namespace wordkin::contextual {

// The one character that decomposes since Unicode 13, which the reference implementation does not
// know yet.
constexpr bool IsUndecomposed(char32_t code_point) { return code_point == 0x11938; }

// Decomposes characters (NFD or NFKD) and orders the marks behind each starter. The n-th character
// that was taken is the source of the n-th that begins a decomposition, in the order in which they
// come out: as the reference implementation has it.
class Decomposer {
 public:
  using Source = AlignedText::Source;
  enum class Form { kCanonical, kCompatible };

  explicit Decomposer(Form form) : form_(form) {}

  // By which marks are ordered; 0 for what they stand behind.
  static std::uint8_t CombiningClass(char32_t code_point);

  // No character is waiting for marks.
  bool empty() const { return waiting_.empty(); }

  // Calls sink(code_point, source) for what no later mark can move.
  template <typename Sink>
  void Take(char32_t code_point, Source source, const Sink& sink) {
    const std::size_t length = Decompose(code_point);
    for (std::size_t i = 0; i < length; ++i) {
      const std::uint8_t order = CombiningClass(decomposed_[i]);
      if (order == 0) Flush(sink);
      // Behind the flush of what stands before: else it would be one of its sources.
      if (i == 0) sources_.push_back(source);
      waiting_.push_back({decomposed_[i], order, i > 0});
    }
  }

  template <typename Sink>
  void Flush(const Sink& sink) {
    if (waiting_.size() > 1) SortMarks();
    std::size_t next_source = 0;
    for (const Waiting& each : waiting_) {
      if (!each.is_added && next_source < sources_.size()) last_source_ = sources_[next_source++];
      sink(each.code_point, last_source_);
    }
    waiting_.clear();
    sources_.clear();
  }

 private:
  struct Waiting {
    char32_t code_point;
    std::uint8_t order;
    bool is_added;  // not the first of its decomposition
  };

  // Into decomposed_.
  std::size_t Decompose(char32_t code_point);
  void SortMarks();

  Form form_;
  std::array<char32_t, 32> decomposed_ = {};
  std::vector<Waiting> waiting_;  // a starter, if there is one, and marks
  std::vector<Source> sources_;   // of the characters that 'waiting_' has begun with
  Source last_source_;
};

}  // namespace wordkin::contextual
