#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin::query {

// Turns texts, of documents and of questions alike, into vectors.
class TextEmbedder {
 public:
  virtual ~TextEmbedder() = default;
  virtual std::size_t dimension() const = 0;
  // (texts x dimension), finite; zero for a text that gives nothing to go by. Texts are valid
  // UTF-8. One call at a time.
  virtual AlignedMatrix Embed(std::span<const std::string> texts) = 0;
  // What is to be taken away from these vectors before they are compared, which may leave nothing
  // of them: a direction of length one, or empty for nothing.
  virtual std::span<const float> component() const { return {}; }
  // The words of a text that do not count, since nothing is known of them.
  virtual std::vector<std::string> UnknownWords(std::string_view /*text*/) const { return {}; }
  // Words of the texts so far, and those of them that did not count; 0 where there are no words.
  virtual std::uint64_t word_count() const { return 0; }
  virtual std::uint64_t unknown_count() const { return 0; }
  // Texts so far that were longer than a model takes, and were cut.
  virtual std::size_t cut_count() const { return 0; }
};

}  // namespace wordkin::query
