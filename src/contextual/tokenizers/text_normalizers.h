#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

// One after the other.
class NormalizerSequence : public Normalizer {
 public:
  explicit NormalizerSequence(std::vector<std::unique_ptr<const Normalizer>> normalizers);
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  std::vector<std::unique_ptr<const Normalizer>> normalizers_;
};

// Each character by itself.
class LowercaseNormalizer : public Normalizer {
 public:
  AlignedText Normalize(const AlignedText& text) const override;
};

// Drops what is of category M*; nothing is decomposed.
class StripAccentsNormalizer : public Normalizer {
 public:
  AlignedText Normalize(const AlignedText& text) const override;
};

// Drops the white space at the ends.
class StripNormalizer : public Normalizer {
 public:
  StripNormalizer(bool strips_left, bool strips_right)
      : strips_left_(strips_left), strips_right_(strips_right) {}
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  bool strips_left_;
  bool strips_right_;
};

// Puts text before any that is not empty; it comes from the first character there.
class PrependNormalizer : public Normalizer {
 public:
  explicit PrependNormalizer(std::string prefix) : prefix_(std::move(prefix)) {}
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  std::string prefix_;
};

// Replaces every occurrence of 'pattern', or every run of 'minimum_count' or more of them. The
// replacement comes from the last character that it replaces.
class ReplaceNormalizer : public Normalizer {
 public:
  ReplaceNormalizer(std::string pattern, std::string replacement, std::size_t minimum_count = 0)
      : pattern_(std::move(pattern)),
        replacement_(std::move(replacement)),
        minimum_count_(minimum_count) {}
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  // Where the match at 'begin' ends.
  std::size_t EndOfMatch(std::string_view text, std::size_t begin) const;

  std::string pattern_;  // not empty
  std::string replacement_;
  std::size_t minimum_count_;  // 0: each occurrence by itself
};

}  // namespace wordkin::contextual
