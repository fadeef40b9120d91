#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wordkin {

enum class SubwordHash : std::uint32_t {
  kFastText = 1,  // FNV-1a over signed bytes, as fastText: one bucket an n-gram
  kFloret = 2,    // MurmurHash3, as floret: several buckets an n-gram, in a table far smaller
};

// How words fall into n-grams and n-grams into buckets (Bojanowski et al., arXiv 1607.04606).
struct SubwordOptions {
  SubwordHash hash = SubwordHash::kFastText;
  std::uint32_t minimum_length = 3;  // of an n-gram, in code points, the word's borders included
  std::uint32_t maximum_length = 6;
  std::uint32_t bucket_count = 2'000'000;
  std::uint32_t hash_count = 1;  // floret: buckets an n-gram, 1 to 4; fastText: 1

  bool operator==(const SubwordOptions&) const = default;
};

inline constexpr std::uint32_t kMaximumNgramLength = 64;
inline constexpr std::uint32_t kMaximumBucketCount = 0x7FFFFFFF;  // fastText counts them in an int

// Throws kUsage, in the words of train's options, unless every value is in its range.
void CheckSubwordOptions(const SubwordOptions& options);

// Appends the buckets of the n-grams of "<word>" to 'buckets', in the order of fastText, an n-gram
// that is only a border left out. N-grams are cut between code points. With floret's hash the whole
// "<word>" comes first, since it has no row of its own there; fastText's "</s>" has no n-grams.
// 'word' is valid UTF-8; 'options' pass CheckSubwordOptions.
void AppendBuckets(std::string_view word, const SubwordOptions& options,
                   std::vector<std::uint32_t>& buckets);

}  // namespace wordkin
