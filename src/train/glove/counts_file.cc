#include "train/glove/counts_file.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/support/error.h"

namespace wordkin::train {
namespace {

// Beyond ASCII, and with line ends of both kinds: a transfer as text would spoil it.
constexpr std::array<char, 8> kMagic = {'\x89', 'W', 'K', 'C', '\r', '\n', '\x1a', '\n'};
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostTokenizers = 3;
constexpr int kWidestWindow = 1000;

// All fixed; its checksum is that of the bytes before it.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t window_radius = 0;
  std::uint32_t tokenizer = 0;
  std::uint32_t reserved = 0;
  std::uint64_t min_count = 0;
  std::uint64_t max_vocabulary = 0;
  std::uint64_t unit = 0;
  std::uint64_t word_count = 0;
  std::uint64_t text_bytes = 0;
  std::uint64_t block_count = 0;
  std::uint64_t row_bytes = 0;
  std::uint64_t corpus_bytes = 0;
  std::uint64_t corpus_hash = 0;
  std::uint64_t corpus_words = 0;
  std::uint64_t corpus_kept_words = 0;
  std::uint64_t corpus_distinct_words = 0;
  std::array<std::uint64_t, 5> notes = {};
  std::uint64_t table_checksum = 0;  // of counts, lengths, text and blocks
  std::uint64_t checksum = 0;
};
static_assert(sizeof(Header) == 176 && offsetof(Header, checksum) == 168);

struct BlockEntry {
  std::uint32_t first_row;
  std::uint32_t reserved;
  std::uint64_t pair_count;
  std::uint64_t byte_count;
  std::uint64_t checksum;
};
static_assert(sizeof(BlockEntry) == 32);

template <class Value>
void Append(std::vector<std::byte>& bytes, const Value& value) {
  const auto view = std::as_bytes(std::span(&value, 1));
  bytes.insert(bytes.end(), view.begin(), view.end());
}

// Counts and lengths of the words, their text, and the list of blocks.
std::vector<std::byte> MakeTables(const Vocabulary& vocabulary, const PairCounts& counts) {
  std::vector<std::byte> tables;
  const auto word_count = static_cast<WordId>(vocabulary.size());
  for (WordId word = 0; word < word_count; ++word) Append(tables, vocabulary.Count(word));
  for (WordId word = 0; word < word_count; ++word) {
    Append(tables, static_cast<std::uint32_t>(vocabulary.Word(word).size()));
  }
  for (WordId word = 0; word < word_count; ++word) {
    const auto text = std::as_bytes(std::span(vocabulary.Word(word)));
    tables.insert(tables.end(), text.begin(), text.end());
  }
  for (const CountBlock& block : counts.blocks()) {
    Append(tables, BlockEntry{block.first_row, 0, block.pair_count, block.bytes.size(),
                              Checksum(block.bytes)});
  }
  return tables;
}

class Reader {
 public:
  explicit Reader(const std::string& path) : file_(path), bytes_(file_.bytes()) {}

  CountedCorpus Read() {
    ReadHeader();
    CheckLengths();
    CountedCorpus result;
    result.corpus = CorpusOfHeader();
    result.corpus.vocabulary = ReadVocabulary();
    result.facts = {static_cast<TokenizerKind>(header_.tokenizer), header_.min_count,
                    header_.max_vocabulary, static_cast<int>(header_.window_radius)};
    std::vector<CountBlock> blocks = ReadBlocks();
    PairCountsBuilder builder(header_.word_count, header_.unit, 0, {});
    result.counts = builder.Finish(std::move(file_), std::move(blocks));
    return result;
  }

 private:
  [[noreturn]] void Refuse(const std::string& reason) const {
    throw Error(ErrorKind::kDamaged, "cannot use the counts in '" + file_.path() + "': " + reason +
                                         "; count the corpus again with --keep-counts");
  }

  void ReadHeader() {
    if (bytes_.size() < sizeof(Header) ||
        std::memcmp(bytes_.data(), kMagic.data(), kMagic.size()) != 0) {
      Refuse("it is not a counts file");
    }
    header_ = Load<Header>(bytes_, 0);
    if (Checksum(bytes_.first(offsetof(Header, checksum))) != header_.checksum) {
      Refuse("its header is damaged");
    }
    if (header_.version != kVersion) {
      Refuse("its version is " + std::to_string(header_.version) + ", and this program reads " +
             std::to_string(kVersion));
    }
    if (header_.unit == 0 || header_.tokenizer >= kMostTokenizers || header_.window_radius == 0 ||
        header_.window_radius > kWidestWindow) {
      Refuse("its header has values out of range");
    }
  }

  // Each part is held against the file before any product or sum of it is used.
  void CheckLengths() {
    constexpr std::uint64_t kBytesPerWord = sizeof(std::uint64_t) + sizeof(std::uint32_t);
    const std::uint64_t size = bytes_.size() - sizeof(Header);
    if (header_.word_count > size / kBytesPerWord || header_.text_bytes > size ||
        header_.block_count > size / sizeof(BlockEntry) || header_.row_bytes > size ||
        header_.word_count * kBytesPerWord + header_.text_bytes +
                header_.block_count * sizeof(BlockEntry) + header_.row_bytes !=
            size) {
      Refuse("it is cut off, or has bytes too many");
    }
    text_begin_ = sizeof(Header) + header_.word_count * kBytesPerWord;
    blocks_begin_ = text_begin_ + header_.text_bytes;
    rows_begin_ = blocks_begin_ + header_.block_count * sizeof(BlockEntry);
    if (Checksum(bytes_.subspan(sizeof(Header), rows_begin_ - sizeof(Header))) !=
        header_.table_checksum) {
      Refuse("its tables are damaged");
    }
  }

  EncodedCorpus CorpusOfHeader() const {
    EncodedCorpus corpus;
    corpus.bytes_read = header_.corpus_bytes;
    corpus.content_hash = header_.corpus_hash;
    corpus.word_count = header_.corpus_words;
    corpus.kept_word_count = header_.corpus_kept_words;
    corpus.distinct_words = header_.corpus_distinct_words;
    corpus.notes = {header_.notes[0], header_.notes[1], header_.notes[2], header_.notes[3],
                    header_.notes[4]};
    return corpus;
  }

  Vocabulary ReadVocabulary() const {
    std::vector<Vocabulary::Entry> entries(header_.word_count);
    const std::size_t lengths_begin = sizeof(Header) + entries.size() * sizeof(std::uint64_t);
    std::uint64_t place = text_begin_;
    for (std::size_t word = 0; word < entries.size(); ++word) {
      const auto count = Load<std::uint64_t>(bytes_, sizeof(Header) + word * sizeof(std::uint64_t));
      const auto length = Load<std::uint32_t>(bytes_, lengths_begin + word * sizeof(std::uint32_t));
      if (length > blocks_begin_ - place) Refuse("its words are longer than their text");
      if (word > 0 && count > entries[word - 1].count) Refuse("its words are not in order");
      entries[word] = {std::string(reinterpret_cast<const char*>(bytes_.data()) + place, length),
                       count};
      place += length;
    }
    if (place != blocks_begin_) Refuse("its words are shorter than their text");
    return Vocabulary(entries);
  }

  std::vector<CountBlock> ReadBlocks() const {
    std::vector<CountBlock> blocks;
    std::uint64_t place = rows_begin_;
    for (std::uint64_t i = 0; i < header_.block_count; ++i) {
      const auto entry = Load<BlockEntry>(bytes_, blocks_begin_ + i * sizeof(BlockEntry));
      if (entry.byte_count > bytes_.size() - place || entry.pair_count == 0 ||
          entry.pair_count > entry.byte_count / 2 || entry.first_row >= header_.word_count) {
        Refuse("its list of blocks does not fit");
      }
      const auto block = bytes_.subspan(place, entry.byte_count);
      if (Checksum(block) != entry.checksum) Refuse("its counts are damaged");
      blocks.push_back({entry.first_row, entry.pair_count, block});
      place += entry.byte_count;
    }
    if (place != bytes_.size()) Refuse("its list of blocks does not fit");
    return blocks;
  }

  MappedFile file_;
  std::span<const std::byte> bytes_;
  Header header_;
  std::uint64_t text_begin_ = 0;
  std::uint64_t blocks_begin_ = 0;
  std::uint64_t rows_begin_ = 0;
};

}  // namespace

void WriteCountsFile(AtomicFile& file, const EncodedCorpus& corpus, const CountingFacts& facts,
                     const PairCounts& counts) {
  const std::vector<std::byte> tables = MakeTables(corpus.vocabulary, counts);
  Header header;
  header.window_radius = static_cast<std::uint32_t>(facts.window_radius);
  header.tokenizer = static_cast<std::uint32_t>(facts.tokenizer);
  header.min_count = facts.min_count;
  header.max_vocabulary = facts.max_vocabulary;
  header.unit = counts.unit();
  header.word_count = corpus.vocabulary.size();
  header.block_count = counts.blocks().size();
  header.row_bytes = counts.byte_count();
  header.text_bytes = tables.size() - header.block_count * sizeof(BlockEntry) -
                      header.word_count * (sizeof(std::uint64_t) + sizeof(std::uint32_t));
  header.corpus_bytes = corpus.bytes_read;
  header.corpus_hash = corpus.content_hash;
  header.corpus_words = corpus.word_count;
  header.corpus_kept_words = corpus.kept_word_count;
  header.corpus_distinct_words = corpus.distinct_words;
  header.notes = {corpus.notes.byte_order_marks, corpus.notes.carriage_returns,
                  corpus.notes.nul_bytes, corpus.notes.invalid_utf8, corpus.notes.long_words};
  header.table_checksum = Checksum(tables);
  const auto header_bytes = std::as_bytes(std::span(&header, 1));
  header.checksum = Checksum(header_bytes.first(offsetof(Header, checksum)));
  file.Write(header_bytes);
  file.Write(tables);
  for (const CountBlock& block : counts.blocks()) file.Write(block.bytes);
  file.Commit();
}

CountedCorpus ReadCountsFile(const std::string& path) { return Reader(path).Read(); }

}  // namespace wordkin::train
