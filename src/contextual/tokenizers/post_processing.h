#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wordkin::contextual {

struct SpecialPiece {
  std::int32_t id = 0;
  std::string piece;
};

// What is done once a text is cut.
struct PostProcessing {
  std::vector<SpecialPiece> leading;
  std::vector<SpecialPiece> trailing;
  // Byte-level BPE: blanks at the ends of a piece are left out of its range. A single one at the
  // very beginning of a text stays where the tokenizer put a blank there.
  bool trims_offsets = false;
  bool adds_prefix_space = false;
};

}  // namespace wordkin::contextual
