#include "common/text/suggestions.h"

#include <utf8proc.h>

#include <algorithm>
#include <bit>

#include "common/text/utf8.h"

namespace wordkin {
namespace {

constexpr int kEdit = 2;  // in half edits
constexpr int kCaseDifference = 1;

char32_t Fold(char32_t code_point) {
  if (code_point < 0x80) {
    return code_point - U'A' < 26 ? code_point + 32 : code_point;
  }
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point)));
}

std::uint64_t LetterBit(char32_t folded) { return std::uint64_t{1} << (folded & 63); }

int AllowedHalfEdits(std::size_t length) {
  return kEdit * static_cast<int>(std::clamp<std::size_t>(length / 3, 1, 3));
}

}  // namespace

Suggestions::Suggestions(std::string_view word, std::size_t limit) : limit_(limit) {
  for (const char32_t code_point : ToCodePoints(word)) {
    word_.push_back({code_point, Fold(code_point)});
    word_letters_ |= LetterBit(word_.back().folded);
  }
  worst_allowed_ = limit_ == 0 ? -1 : AllowedHalfEdits(word_.size());
  const std::size_t longest =
      word_.size() + static_cast<std::size_t>(AllowedHalfEdits(word_.size()));
  candidate_.reserve(longest + 1);
  for (auto& row : rows_) row.resize(longest + 1);
  best_.reserve(limit_ < 64 ? limit_ + 1 : 64);
}

void Suggestions::Offer(std::string_view candidate) {
  if (!DecodeCandidate(candidate)) return;
  const int half_edits = DistanceToCandidate();
  if (half_edits <= worst_allowed_) Keep(half_edits, candidate);
}

// Most candidates end here: by their length, or because more letters occur on one side alone than
// edits could bring in or take away.
bool Suggestions::DecodeCandidate(std::string_view candidate) {
  const std::size_t edits = static_cast<std::size_t>(std::max(worst_allowed_, 0)) / kEdit;
  const std::size_t longest = word_.size() + edits;
  if (worst_allowed_ < 0 || candidate.size() + edits < word_.size() ||
      candidate.size() > 4 * longest) {
    return false;
  }
  candidate_.clear();
  std::uint64_t letters = 0;
  while (!candidate.empty()) {
    if (candidate_.size() == longest) return false;
    const auto first = static_cast<unsigned char>(candidate.front());
    const DecodedCodePoint decoded =
        first < 0x80 ? DecodedCodePoint{first, 1, true} : DecodeUtf8(candidate);
    candidate_.push_back({decoded.code_point, Fold(decoded.code_point)});
    letters |= LetterBit(candidate_.back().folded);
    candidate.remove_prefix(decoded.length);
  }
  return candidate_.size() + edits >= word_.size() &&
         static_cast<std::size_t>(std::popcount(letters & ~word_letters_)) <= edits &&
         static_cast<std::size_t>(std::popcount(word_letters_ & ~letters)) <= edits;
}

// Above 'worst_allowed_' any value may be returned. Cells further from the diagonal than that many
// edits can not lie on a good path, so they are not computed.
int Suggestions::DistanceToCandidate() {
  const int out_of_reach = worst_allowed_ + 1;
  const std::size_t edits = static_cast<std::size_t>(worst_allowed_) / kEdit;
  const std::size_t columns = candidate_.size();
  auto* before_last = &rows_[0];
  auto* last = &rows_[1];
  auto* current = &rows_[2];
  for (std::size_t j = 0; j <= columns; ++j) (*last)[j] = kEdit * static_cast<int>(j);
  for (std::size_t i = 1; i <= word_.size(); ++i) {
    const std::size_t first = i > edits ? i - edits : 0;
    const std::size_t end = std::min(columns, i + edits);
    std::fill(current->begin(), current->begin() + static_cast<std::ptrdiff_t>(columns) + 1,
              out_of_reach);
    int row_minimum = out_of_reach;
    for (std::size_t j = first; j <= end; ++j) {
      int& cell = (*current)[j];
      cell = (*last)[j] + kEdit;
      if (j > 0) {
        const Letter& ours = word_[i - 1];
        const Letter& theirs = candidate_[j - 1];
        const int substitution = ours.exact == theirs.exact     ? 0
                                 : ours.folded == theirs.folded ? kCaseDifference
                                                                : kEdit;
        cell = std::min({cell, (*current)[j - 1] + kEdit, (*last)[j - 1] + substitution});
        if (i > 1 && j > 1 && ours.folded == candidate_[j - 2].folded &&
            word_[i - 2].folded == theirs.folded) {
          const int case_differences = (ours.exact != candidate_[j - 2].exact ? 1 : 0) +
                                       (word_[i - 2].exact != theirs.exact ? 1 : 0);
          cell = std::min(cell, (*before_last)[j - 2] + kEdit + case_differences);
        }
      }
      row_minimum = std::min(row_minimum, cell);
    }
    // A transposition reaches over one row, which an edit there has paid for in this minimum.
    if (row_minimum > worst_allowed_ + kEdit) return out_of_reach;
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return (*last)[columns];
}

void Suggestions::Keep(int half_edits, std::string_view candidate) {
  const auto place =
      std::upper_bound(best_.begin(), best_.end(), half_edits,
                       [](int value, const Scored& scored) { return value < scored.half_edits; });
  best_.insert(place, {half_edits, std::string(candidate)});
  if (best_.size() > limit_) best_.pop_back();
  // A later candidate is a rarer one: it must be nearer than the last of a full list.
  if (best_.size() == limit_) worst_allowed_ = best_.back().half_edits - 1;
}

std::vector<std::string> Suggestions::Best() const {
  std::vector<std::string> words;
  words.reserve(best_.size());
  for (const Scored& scored : best_) words.push_back(scored.word);
  return words;
}

}  // namespace wordkin
