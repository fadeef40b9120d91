#include "common/text/subwords.h"

#include <string>

#include "common/support/error.h"
#include "common/text/murmur_hash.h"

namespace wordkin {
namespace {

constexpr std::uint32_t kSeed = 2166136261;  // FNV's offset basis; floret seeds Murmur with it too
constexpr std::uint32_t kFnvPrime = 16777619;
constexpr std::string_view kEndOfSentence = "</s>";

bool ContinuesCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// fastText takes bytes as signed, so those above 127 flip the upper 24 bits as well.
std::uint32_t ExtendFnv(std::uint32_t hash, char byte) {
  return (hash ^ static_cast<std::uint32_t>(static_cast<std::int8_t>(byte))) * kFnvPrime;
}

void AppendFloretBuckets(std::string_view ngram, const SubwordOptions& options,
                         std::vector<std::uint32_t>& buckets) {
  const auto [low, high] = MurmurHash3(ngram, kSeed);
  const std::uint64_t halves[] = {low, low >> 32, high, high >> 32};
  for (std::uint32_t i = 0; i < options.hash_count; ++i) {
    buckets.push_back(static_cast<std::uint32_t>(halves[i]) % options.bucket_count);
  }
}

// The n-grams that begin at 'start'. FNV goes on from each to the next longer one.
void AppendBucketsFrom(std::string_view text, std::size_t start, const SubwordOptions& options,
                       std::vector<std::uint32_t>& buckets) {
  std::uint32_t hash = kSeed;
  std::size_t end = start;
  for (std::uint32_t length = 1; length <= options.maximum_length && end < text.size(); ++length) {
    do {
      hash = ExtendFnv(hash, text[end++]);
    } while (end < text.size() && ContinuesCodePoint(text[end]));
    const bool is_border = length == 1 && (start == 0 || end == text.size());
    if (length < options.minimum_length || is_border) continue;
    if (options.hash == SubwordHash::kFloret) {
      AppendFloretBuckets(text.substr(start, end - start), options, buckets);
    } else {
      buckets.push_back(hash % options.bucket_count);
    }
  }
}

[[noreturn]] void Refuse(const std::string& option, const std::string& problem) {
  throw Error(ErrorKind::kUsage, "bad value for " + option + ": " + problem);
}

}  // namespace

void AppendBuckets(std::string_view word, const SubwordOptions& options,
                   std::vector<std::uint32_t>& buckets) {
  const bool is_floret = options.hash == SubwordHash::kFloret;
  if (word == kEndOfSentence && !is_floret) return;
  std::string text;
  text.reserve(word.size() + 2);
  text.append("<").append(word).append(">");
  if (is_floret) AppendFloretBuckets(text, options, buckets);
  for (std::size_t start = 0; start < text.size(); ++start) {
    if (!ContinuesCodePoint(text[start])) AppendBucketsFrom(text, start, options, buckets);
  }
}

void CheckSubwordOptions(const SubwordOptions& options) {
  const auto is_length = [](std::uint32_t length) {
    return length >= 1 && length <= kMaximumNgramLength;
  };
  if (!is_length(options.minimum_length) || !is_length(options.maximum_length)) {
    Refuse("--subwords", "n-grams are 1 to " + std::to_string(kMaximumNgramLength) +
                             " characters long, as in 3:6");
  }
  if (options.minimum_length > options.maximum_length) {
    Refuse("--subwords", "the shortest n-gram, " + std::to_string(options.minimum_length) +
                             ", is longer than the longest, " +
                             std::to_string(options.maximum_length));
  }
  if (options.bucket_count < 1 || options.bucket_count > kMaximumBucketCount) {
    Refuse("--buckets", "between 1 and " + std::to_string(kMaximumBucketCount) + " are possible");
  }
  if (options.hash != SubwordHash::kFastText && options.hash != SubwordHash::kFloret) {
    Refuse("--subword-hash", "it is 'fasttext' or 'floret'");
  }
  const std::uint32_t maximum_hash_count = options.hash == SubwordHash::kFloret ? 4 : 1;
  if (options.hash_count < 1 || options.hash_count > maximum_hash_count) {
    Refuse("--hashes", options.hash == SubwordHash::kFloret
                           ? "floret hashes an n-gram 1 to 4 times"
                           : "fastText hashes an n-gram once; use --subword-hash floret");
  }
}

}  // namespace wordkin
