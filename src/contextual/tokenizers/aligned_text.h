#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// Text on its way through normalisation: valid UTF-8, and for each of its bytes where the character
// comes from in the text that is tokenized. All bytes of a character have the same source. What is
// appended to it as text throws kDamaged when it makes it kMostGrowth times as long as that text or
// more, but for some bytes: no tokenizer does so that is of use.
class AlignedText {
 public:
  static constexpr std::size_t kMostGrowth = 64;

  // Bytes [begin, end) of the text that is tokenized, which is below 4 GiB.
  struct Source {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  AlignedText() = default;
  // The bytes [begin, end) of 'original'; U+FFFD for each ill-formed sequence.
  AlignedText(std::string_view original, std::size_t begin, std::size_t end);

  std::string_view text() const { return text_; }
  std::size_t size() const { return text_.size(); }
  bool empty() const { return text_.empty(); }
  Source SourceAt(std::size_t position) const { return sources_[position]; }
  // Of the bytes [begin, end) of text(), which are not empty.
  ByteRange SourceOf(std::size_t begin, std::size_t end) const {
    return {sources_[begin].begin, sources_[end - 1].end};
  }

  void Reserve(std::size_t size);
  void AppendByte(char ascii, Source source) {
    text_.push_back(ascii);
    sources_.push_back(source);
  }
  void Append(char32_t code_point, Source source);
  void Append(std::string_view characters, Source source);
  // The bytes [begin, end) of 'other'.
  void Append(const AlignedText& other, std::size_t begin, std::size_t end);

 private:
  // Of 'more' bytes that come from 'source'.
  void RequireRoom(std::size_t more, Source source) const {
    // A word put before a short text is none too much.
    constexpr std::size_t kSomeBytes = 64;
    const std::size_t begin = sources_.empty() ? source.begin : sources_.front().begin;
    const std::size_t most = kMostGrowth * (source.end - begin + kSomeBytes);
    if (text_.size() + more > most) RefuseGrowth();
  }
  [[noreturn]] static void RefuseGrowth();

  std::string text_;
  std::vector<Source> sources_;
};

}  // namespace wordkin::contextual
