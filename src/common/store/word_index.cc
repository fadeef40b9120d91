#include "common/store/word_index.h"

#include "common/store/store_error.h"
#include "common/store/store_shape.h"

namespace wordkin {
namespace {

// Three groups of seven bits hold kMaxWordBytes.
constexpr int kMaxLengthBytes = 3;

void AppendWord(std::string_view word, std::vector<std::byte>& words) {
  std::size_t length = word.size();
  for (; length >= 0x80; length >>= 7) words.push_back(static_cast<std::byte>(length | 0x80));
  words.push_back(static_cast<std::byte>(length));
  const std::span<const std::byte> bytes = std::as_bytes(std::span(word));
  words.insert(words.end(), bytes.begin(), bytes.end());
}

std::string_view TextAt(std::span<const std::byte> words, std::size_t offset, std::size_t length) {
  return {reinterpret_cast<const char*>(words.data()) + offset, length};
}

}  // namespace

std::optional<std::size_t> ReadWordLength(std::span<const std::byte> words, std::size_t& offset) {
  std::size_t length = 0;
  std::size_t at = offset;
  for (int i = 0; i < kMaxLengthBytes && at < words.size(); ++i) {
    const auto byte = std::to_integer<std::size_t>(words[at++]);
    length |= (byte & 0x7F) << (7 * i);
    if (byte >= 0x80) continue;
    const bool is_longer_than_needed = byte == 0 && i > 0;
    if (length == 0 || length > kMaxWordBytes || is_longer_than_needed ||
        length > words.size() - at) {
      return std::nullopt;
    }
    offset = at;
    return length;
  }
  return std::nullopt;
}

std::string_view WordIndex::Word(WordId id) const {
  std::size_t offset = sections_.word_blocks[id / kWordsPerBlock];
  if (offset >= sections_.words.size()) {
    throw DamagedSection(path_, SectionKind::kWordBlocks, "points outside the words");
  }
  for (std::size_t skipped = id % kWordsPerBlock;; --skipped) {
    const std::optional<std::size_t> length = ReadWordLength(sections_.words, offset);
    if (!length) throw DamagedSection(path_, SectionKind::kWords, "holds a wrong length");
    if (skipped == 0) return TextAt(sections_.words, offset, *length);
    offset += *length;
  }
}

std::optional<WordId> WordIndex::Find(std::string_view word) const {
  const std::size_t bucket_count = sections_.bucket_starts.size() - 1;
  const std::size_t bucket = BucketOf(WordHash(word), bucket_count);
  const std::uint32_t begin = sections_.bucket_starts[bucket];
  const std::uint32_t end = sections_.bucket_starts[bucket + 1];
  if (begin > end || end > sections_.bucket_words.size()) {
    throw DamagedSection(path_, SectionKind::kBucketStarts, "points outside the bucket words");
  }
  for (const std::uint32_t id : sections_.bucket_words.subspan(begin, end - begin)) {
    if (id >= row_count_) {
      throw DamagedSection(path_, SectionKind::kBucketWords, "holds an id that no word has");
    }
    if (Word(id) == word) return id;
  }
  return std::nullopt;
}

BuiltWordSections BuildWordSections(const Vocabulary& vocabulary, const std::string& path) {
  BuiltWordSections built;
  const std::size_t bucket_count = BucketCount(vocabulary.size());
  std::vector<std::uint32_t> bucket_of_word(vocabulary.size());
  built.bucket_starts.assign(bucket_count + 1, 0);
  for (WordId id = 0; id < vocabulary.size(); ++id) {
    const std::string_view word = vocabulary.Word(id);
    if (word.size() > kMaxWordBytes) {
      throw Error(ErrorKind::kDamaged, "cannot write '" + path + "': word " + std::to_string(id) +
                                           " has " + std::to_string(word.size()) + " bytes, and " +
                                           std::to_string(kMaxWordBytes) + " are the most");
    }
    if (id % kWordsPerBlock == 0) {
      built.word_blocks.push_back(static_cast<std::uint32_t>(built.words.size()));
    }
    AppendWord(word, built.words);
    if (built.words.size() > UINT32_MAX) {
      throw Error(ErrorKind::kDamaged, "cannot write '" + path +
                                           "': the words take more than 4 GiB (limit the "
                                           "vocabulary)");
    }
    bucket_of_word[id] = static_cast<std::uint32_t>(BucketOf(WordHash(word), bucket_count));
    ++built.bucket_starts[bucket_of_word[id] + 1];
  }
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    built.bucket_starts[bucket + 1] += built.bucket_starts[bucket];
  }
  std::vector<std::uint32_t> next(built.bucket_starts.begin(), built.bucket_starts.end() - 1);
  built.bucket_words.resize(vocabulary.size());
  for (WordId id = 0; id < vocabulary.size(); ++id) {
    built.bucket_words[next[bucket_of_word[id]]++] = id;
  }
  return built;
}

}  // namespace wordkin
