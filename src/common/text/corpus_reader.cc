#include "common/text/corpus_reader.h"

#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "common/text/text_detection.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin {
namespace {

// Read at a time, so that small files cost little.
constexpr std::size_t kReadBytes = std::size_t{1} << 17;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

std::uint64_t TotalBytes(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    struct stat status = {};
    if (path == "-" || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    total += static_cast<std::uint64_t>(status.st_size);
  }
  return total;
}

// The first code point boundary of 'text' at or after 'position'.
std::size_t CodePointEnd(std::string_view text, std::size_t position) {
  std::size_t end = 0;
  while (end < position) end += DecodeUtf8(text.substr(end)).length;
  return end;
}

// Cuts the middle out of the run without word boundary that begins at 'begin', when it is longer
// than any word. A letter takes its place: it binds what stands before to what comes after, and
// keeps them from forming a code point that was not there. Where a letter is a word of its own a
// mark does the same.
void ShortenRun(std::string& text, std::size_t begin, TokenizerKind tokenizer) {
  constexpr std::size_t kKept = 2 * kMaxCorpusWordBytes;
  const std::string_view run = std::string_view(text).substr(begin);
  if (run.size() <= 3 * kKept) return;
  const std::size_t middle_begin = CodePointEnd(run, kKept);
  const std::size_t middle_end = CodePointEnd(run, run.size() - kKept);
  const bool is_one_letter =
      tokenizer == TokenizerKind::kCharacters && IsUnspacedLetter(DecodeUtf8(run).code_point);
  text.replace(begin + middle_begin, middle_end - middle_begin, is_one_letter ? "\u0301" : "x");
}

}  // namespace

struct CorpusReader::Hash {
  Hash() : state(XXH3_createState()) {
    if (state == nullptr) throw std::bad_alloc();
    XXH3_64bits_reset(state);
  }
  ~Hash() { XXH3_freeState(state); }
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;

  XXH3_state_t* state;
};

CorpusReader::CorpusReader(std::vector<std::string> paths, std::size_t block_bytes)
    : paths_(std::move(paths)),
      block_bytes_(std::max<std::size_t>(block_bytes, 1)),
      bytes_total_(TotalBytes(paths_)),
      hash_(std::make_unique<Hash>()) {}

CorpusReader::~CorpusReader() = default;

std::optional<TextBlock> CorpusReader::Next() {
  TextBlock block;
  std::string& text = block.text;
  text = std::exchange(carry_, {});
  std::size_t boundary = 0;
  while (boundary == 0 || text.size() < block_bytes_) {
    if (source_ == nullptr && !OpenNextFile()) break;
    const std::size_t missing =
        text.size() < block_bytes_ ? block_bytes_ - text.size() : block_bytes_;
    const std::size_t wanted = std::min(missing, kReadBytes);
    if (ReadInto(text, wanted) < wanted) {
      CloseFile();
      text.push_back('\n');
      boundary = text.size();
      continue;
    }
    boundary += LastWordBoundary(std::string_view(text).substr(boundary), tokenizer_);
    ShortenRun(text, boundary, tokenizer_);
  }
  if (text.empty()) return std::nullopt;
  carry_ = text.substr(boundary);
  text.resize(boundary);
  block.index = next_index_++;
  return block;
}

// False when there is none left.
bool CorpusReader::OpenNextFile() {
  if (next_path_ == paths_.size()) return false;
  const std::string& path = paths_[next_path_++];
  source_ = OpenByteSource(path);
  beginning_.resize(kDetectionBytes);
  beginning_.resize(source_->Read(beginning_));
  XXH3_64bits_update(hash_->state, beginning_.data(), beginning_.size());
  RefuseWhatIsNoText(beginning_, path);
  if (beginning_.starts_with(kUtf8Mark)) {
    beginning_ = beginning_.substr(kUtf8Mark.size());
    ++notes_.byte_order_marks;
  }
  return true;
}

// Appends; fewer than 'byte_count' at the end of the file only.
std::size_t CorpusReader::ReadInto(std::string& text, std::size_t byte_count) {
  const std::size_t from_beginning = std::min(byte_count, beginning_.size());
  text.append(beginning_, 0, from_beginning);
  beginning_.erase(0, from_beginning);
  const std::size_t old_size = text.size();
  text.resize(old_size + byte_count - from_beginning);
  const std::size_t count = source_->Read(std::span(text).subspan(old_size));
  text.resize(old_size + count);
  XXH3_64bits_update(hash_->state, text.data() + old_size, count);
  return from_beginning + count;
}

void CorpusReader::CloseFile() {
  finished_bytes_ += source_->file_bytes_read();
  source_.reset();
}

std::uint64_t CorpusReader::bytes_read() const {
  return finished_bytes_ + (source_ != nullptr ? source_->file_bytes_read() : 0);
}

std::uint64_t CorpusReader::content_hash() const { return XXH3_64bits_digest(hash_->state); }

}  // namespace wordkin
