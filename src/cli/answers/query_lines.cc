#include "cli/answers/query_lines.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/text_detection.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::vector<QueryLine> QueryLines::Next(std::size_t limit) {
  std::vector<QueryLine> lines;
  while (lines.size() < limit) {
    const std::size_t end = pending_.find('\n', searched_);
    const bool has_end = end != std::string::npos;
    searched_ = has_end ? end : pending_.size();
    if (passes_over_) {
      passes_over_ = !has_end;
      position_ = searched_ = has_end ? end + 1 : pending_.size();
    } else if (searched_ - position_ > kMaxLineBytes) {
      lines.push_back(TakeLongLine());
      continue;
    } else if (has_end) {
      lines.push_back(TakeLine(end));
    }
    if (has_end) continue;
    if (!lines.empty()) break;
    if (ReadMore()) continue;
    if (position_ < pending_.size()) lines.push_back(TakeLine(pending_.size()));
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

QueryLine QueryLines::TakeLine(std::size_t end) {
  std::string line = pending_.substr(position_, end - position_);
  if (line.ends_with('\r')) line.pop_back();
  if (line_number_ == 0 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  ++line_number_;
  position_ = searched_ = std::min(end + 1, pending_.size());
  return {std::move(line)};
}

QueryLine QueryLines::TakeLongLine() {
  passes_over_ = true;
  ++line_number_;
  return {Excerpt(std::string_view(pending_).substr(position_, kMaxLineBytes)),
          "line " + WithThousands(line_number_) + " of " + (source_ ? "'" + name_ + "'" : name_) +
              " is longer than " + std::to_string(kMaxLineBytes) + " bytes"};
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
