#include "contextual/comparison/context_words.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "common/math/vector_kernels.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin::contextual {
namespace {

// How much of what is common is taken away: all of it leaves nothing of the word itself.
constexpr float kCommonShare = 0.5f;
// Of so many words near to a group of usages the most distinctive are chosen.
constexpr std::size_t kCandidates = 50;

}  // namespace

ContextWords::ContextWords(std::vector<std::string> words, AlignedMatrix rows)
    : words_(std::move(words)), rows_(std::move(rows)), mean_(MeanOfRows(rows_)) {
  for (std::size_t row = 0; row < rows_.row_count(); ++row) {
    AddScaled(rows_.Row(row), -1.0f, mean_);
    Normalize(rows_.Row(row));
  }
}

std::vector<float> ContextWords::Centred(std::span<const float> vector) const {
  std::vector<float> centred(vector.begin(), vector.end());
  AddScaled(centred, -1.0f, mean_);
  Normalize(centred);
  return centred;
}

std::vector<ContextWord> ContextWords::Nearest(std::span<const float> vector,
                                               std::span<const float> common,
                                               std::string_view left_out, std::size_t count) const {
  std::vector<float> wanted = Centred(vector);
  AddScaled(wanted, -kCommonShare, Centred(common));
  Normalize(wanted);
  std::string folded;
  AppendFolded(RepairUtf8(left_out), folded);
  std::vector<ContextWord> scored;
  for (std::size_t row = 0; row < rows_.row_count(); ++row) {
    if (words_[row] == left_out || words_[row] == folded) continue;
    scored.push_back({row, Dot(rows_.Row(row), wanted)});
  }
  const auto end = scored.begin() + static_cast<std::ptrdiff_t>(std::min(count, scored.size()));
  std::ranges::partial_sort(scored, end, std::greater<>(), &ContextWord::score);
  scored.erase(end, scored.end());
  return scored;
}

std::vector<ContextWord> ContextWords::Distinctive(std::span<const float> mean,
                                                   std::span<const float> mean_of_all,
                                                   std::span<const float> common,
                                                   std::string_view left_out,
                                                   std::size_t count) const {
  std::vector<ContextWord> words = Nearest(mean, common, left_out, std::max(count, kCandidates));
  std::vector<float> contrast = Centred(mean);
  AddScaled(contrast, -1.0f, Centred(mean_of_all));
  Normalize(contrast);
  for (ContextWord& each : words) each.score = Dot(rows_.Row(each.word), contrast);
  std::ranges::stable_sort(words, std::greater<>(), &ContextWord::score);
  words.resize(std::min(words.size(), count));
  return words;
}

}  // namespace wordkin::contextual
