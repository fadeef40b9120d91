#include "cli/answers/query_lines.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/text_detection.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::vector<std::string> QueryLines::Next(std::size_t limit) {
  std::vector<std::string> lines;
  while (lines.size() < limit) {
    const std::size_t end = pending_.find('\n', searched_);
    if (end != std::string::npos) {
      TakeLine(end, lines);
      continue;
    }
    searched_ = pending_.size();
    if (!lines.empty()) break;
    RefuseLongLine(searched_ - position_);
    if (ReadMore()) continue;
    if (position_ < pending_.size()) TakeLine(pending_.size(), lines);
    break;
  }
  return lines;
}

bool QueryLines::ReadMore() {
  if (at_end_) return false;
  console_.Flush();
  pending_.erase(0, position_);
  searched_ -= position_;
  position_ = 0;
  std::array<char, 64 * 1024> buffer;
  const std::size_t count = source_ ? source_->Read(buffer) : ReadFromDescriptor(buffer);
  const bool is_beginning = line_number_ == 0 && pending_.empty();
  at_end_ = count == 0;
  pending_.append(buffer.data(), count);
  if (source_ && is_beginning) {
    RefuseWhatIsNoText(std::string_view(pending_).substr(0, kDetectionBytes), name_);
  }
  return !at_end_;
}

std::size_t QueryLines::ReadFromDescriptor(std::span<char> buffer) {
  ssize_t count = -1;
  do {
    count = ::read(descriptor_, buffer.data(), buffer.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw SystemError("cannot read " + name_, errno);
  return static_cast<std::size_t>(count);
}

void QueryLines::RefuseLongLine(std::size_t length) const {
  if (length <= kMaxLineBytes) return;
  throw Error(ErrorKind::kUsage, "line " + WithThousands(line_number_ + 1) + " of " + name_ +
                                     " is longer than " + HumanBytes(kMaxLineBytes));
}

void QueryLines::TakeLine(std::size_t end, std::vector<std::string>& lines) {
  RefuseLongLine(end - position_);
  std::string line = pending_.substr(position_, end - position_);
  if (line.ends_with('\r')) line.pop_back();
  if (line_number_ == 0 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  lines.push_back(std::move(line));
  ++line_number_;
  position_ = searched_ = std::min(end + 1, pending_.size());
}

std::vector<std::string> SplitWords(const std::string& line) {
  std::vector<std::string> words;
  std::string_view rest = line;
  bool in_word = false;
  while (!rest.empty()) {
    const DecodedCodePoint point = DecodeUtf8(rest);
    const bool is_space = point.valid && IsWhitespace(point.code_point);
    if (!is_space && !in_word) words.emplace_back();
    if (!is_space) words.back() += rest.substr(0, point.length);
    in_word = !is_space;
    rest.remove_prefix(point.length);
  }
  return words;
}

}  // namespace wordkin::cli
