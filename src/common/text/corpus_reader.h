#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/text/byte_source.h"
#include "common/text/corpus_notes.h"
#include "common/text/corpus_paths.h"
#include "common/text/word_boundary.h"

namespace wordkin {

// A run of the corpus that begins and ends between words.
struct TextBlock {
  std::uint64_t index = 0;  // 0, 1, 2, ... in corpus order
  std::string text;
};

// Cuts the corpus into blocks of about 'block_bytes'. A file's end ends a line; small files share a
// block. Memory is flat whatever the words: of longer ones than some thousand bytes only the ends
// are passed on, still too long for the splitter. UTF-16 and files that are no text at all (a
// program, a .kin) are refused with kDamaged and a remedy. Not thread-safe.
class CorpusReader {
 public:
  static constexpr std::size_t kDefaultBlockBytes = std::size_t{1} << 20;

  explicit CorpusReader(std::vector<std::string> paths,
                        std::size_t block_bytes = kDefaultBlockBytes);
  ~CorpusReader();

  // What counts as a word where blocks are cut; call it before the first Next().
  void CutFor(TokenizerKind tokenizer) { tokenizer_ = tokenizer; }

  // The next block, nullopt at the end. Throws kInputOutput, or kDamaged for a broken .gz or .zst.
  std::optional<TextBlock> Next();

  // Bytes of the files consumed so far (compressed ones as they lie on disk), and of all files
  // where known (0 once standard input or a pipe is among them), for progress.
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_total() const { return bytes_total_; }
  // XXH3 (64 bits) of all bytes read so far, decompressed, the files one after another: for one
  // text file what 'xxhsum -H3' prints.
  std::uint64_t content_hash() const;
  // Byte order marks at the beginnings of files; the splitter counts the rest.
  const CorpusNotes& notes() const { return notes_; }
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  struct Hash;

  bool OpenNextFile();
  std::size_t ReadInto(std::string& text, std::size_t byte_count);
  void CloseFile();

  std::vector<std::string> paths_;
  std::size_t block_bytes_;
  TokenizerKind tokenizer_ = TokenizerKind::kWhitespace;
  std::size_t next_path_ = 0;
  std::unique_ptr<ByteSource> source_;
  std::string beginning_;  // of the file, read to see what it is, not yet passed on
  std::string carry_;      // the beginning of a word that the last block would have cut
  std::uint64_t next_index_ = 0;
  std::uint64_t finished_bytes_ = 0;
  std::uint64_t bytes_total_ = 0;
  CorpusNotes notes_;
  std::unique_ptr<Hash> hash_;
};

}  // namespace wordkin
