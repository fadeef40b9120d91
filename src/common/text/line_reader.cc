#include "common/text/line_reader.h"

#include "common/support/error.h"
#include "common/text/text_detection.h"

namespace wordkin {
namespace {

constexpr std::size_t kLineReadBytes = std::size_t{1} << 17;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(const std::string& path, std::size_t longest)
    : path_(path), longest_(longest), source_(OpenByteSource(path)) {
  ReadMore();
  RefuseWhatIsNoText(std::string_view(pending_).substr(0, kDetectionBytes), path);
  if (pending_.starts_with(kMark)) position_ = searched_ = kMark.size();
}

std::optional<std::string_view> LineReader::Next() {
  if (is_inside_) PassOverRest();
  while (true) {
    const std::size_t end = pending_.find('\n', searched_);
    if (end != std::string::npos) return Take(end, end + 1);
    searched_ = pending_.size();
    if (at_end_) break;
    if (pending_.size() - position_ > longest_ + 1) {
      is_inside_ = true;
      Take(pending_.size(), pending_.size());
    }
    ReadMore();
  }
  if (position_ == pending_.size()) return std::nullopt;
  return Take(pending_.size(), pending_.size());
}

void LineReader::PassOverRest() {
  while (is_inside_) {
    const std::size_t end = pending_.find('\n', position_);
    is_inside_ = end == std::string::npos && !at_end_;
    position_ = searched_ = end == std::string::npos ? pending_.size() : end + 1;
    if (is_inside_) ReadMore();
  }
}

std::string_view LineReader::Take(std::size_t end, std::size_t next) {
  std::string_view line = std::string_view(pending_).substr(position_, end - position_);
  ++number_;
  position_ = searched_ = next;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() <= longest_) return line;
  throw Error(ErrorKind::kDamaged, "cannot read " +
                                       (path_ == "-" ? "standard input" : "'" + path_ + "'") +
                                       ": line " + std::to_string(number_) + " is longer than " +
                                       std::to_string(longest_) + " bytes");
}

void LineReader::ReadMore() {
  pending_.erase(0, position_);
  searched_ -= position_;
  position_ = 0;
  const std::size_t size = pending_.size();
  pending_.resize(size + kLineReadBytes);
  const std::size_t count = source_->Read({pending_.data() + size, kLineReadBytes});
  pending_.resize(size + count);
  at_end_ = count < kLineReadBytes;
}

}  // namespace wordkin
