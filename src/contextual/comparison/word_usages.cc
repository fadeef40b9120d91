#include "contextual/comparison/word_usages.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::contextual {
namespace {

// The usages of each text.
std::vector<std::vector<std::size_t>> ByText(std::span<const Usage> usages,
                                             std::size_t text_count) {
  std::vector<std::vector<std::size_t>> numbers(text_count);
  for (std::size_t i = 0; i < usages.size(); ++i) numbers[usages[i].text].push_back(i);
  return numbers;
}

// What stands before, between and behind the letters of a word that is sought: "C++", "U.S.".
// Blanks stand for anything.
class WordMarks {
 public:
  WordMarks(std::string_view word, const TokenizedText& letters) {
    std::size_t end = 0;
    for (const ByteRange& each : letters.offsets) {
      marks_.emplace_back(TrimWhitespace(word.substr(end, each.begin - end)));
      end = each.end;
    }
    marks_.emplace_back(TrimWhitespace(word.substr(end)));
  }

  // The bytes of the word with its marks, whose letters stand at 'places'; nullopt when the text
  // has others.
  std::optional<ByteRange> Match(std::string_view text, std::span<const ByteRange> places) const {
    for (std::size_t i = 1; i < places.size(); ++i) {
      const std::size_t begin = places[i - 1].end;
      const std::string_view between = text.substr(begin, places[i].begin - begin);
      if (!marks_[i].empty() && TrimWhitespace(between) != marks_[i]) return std::nullopt;
    }
    const std::string& before = marks_.front();
    const std::string& behind = marks_.back();
    const ByteRange letters = {places.front().begin, places.back().end};
    if (!text.substr(0, letters.begin).ends_with(before)) return std::nullopt;
    if (!text.substr(letters.end).starts_with(behind)) return std::nullopt;
    return ByteRange{letters.begin - before.size(), letters.end + behind.size()};
  }

 private:
  std::vector<std::string> marks_;
};

}  // namespace

std::vector<ByteRange> FindWord(std::string_view text, std::string_view word) {
  const WordTokenizer tokenizer(TokenizerKind::kCharacters);
  if (word.size() > kMaxSoughtBytes) {
    throw Error(ErrorKind::kUsage, QuoteExcerpt(word) + " is too long to be looked for: " +
                                       std::to_string(word.size()) + " bytes, of at most " +
                                       std::to_string(kMaxSoughtBytes));
  }
  const TokenizedText wanted = tokenizer.Tokenize(word);
  if (wanted.size() == 0) {
    throw Error(ErrorKind::kUsage, QuoteExcerpt(word) + " has no letter or digit to look for");
  }
  const TokenizedText words = tokenizer.Tokenize(text);
  const WordMarks marks(word, wanted);
  std::vector<ByteRange> found;
  for (auto at = words.pieces.begin();;) {
    at = std::search(at, words.pieces.end(), wanted.pieces.begin(), wanted.pieces.end());
    if (at == words.pieces.end()) return found;
    const auto first = static_cast<std::size_t>(at - words.pieces.begin());
    const auto places = std::span(words.offsets).subspan(first, wanted.size());
    const std::optional<ByteRange> whole = marks.Match(text, places);
    if (whole) found.push_back(*whole);
    at += whole ? static_cast<std::ptrdiff_t>(wanted.size()) : 1;
  }
}

PieceRange PiecesOf(const TokenizedText& text, ByteRange bytes) {
  const auto begin = text.offsets.begin() + static_cast<std::ptrdiff_t>(text.leading);
  const auto end = text.offsets.end() - static_cast<std::ptrdiff_t>(text.trailing);
  auto first = std::partition_point(
      begin, end, [&](const ByteRange& piece) { return piece.begin < bytes.begin; });
  while (first != begin && std::prev(first)->end > bytes.begin) --first;
  // Pieces of nothing, such as a blank that the tokenizer put there.
  while (first != end && first->end <= bytes.begin) ++first;
  auto last = first;
  while (last != end && last->begin < bytes.end) ++last;
  return {static_cast<std::size_t>(first - text.offsets.begin()),
          static_cast<std::size_t>(last - text.offsets.begin())};
}

bool Reaches(const TextEncoder::Pieces& pieces, ByteRange bytes) {
  const PieceRange range = PiecesOf(pieces.text, bytes);
  if (range.empty()) return false;
  const bool is_at_end = range.last == pieces.text.size() - pieces.text.trailing;
  return !pieces.is_cut() || !is_at_end || pieces.text.offsets[range.last - 1].end >= bytes.end;
}

UsageVectors::UsageVectors(const TextEncoder& encoder, std::span<const std::string> texts,
                           std::span<const Usage> usages, int thread_count)
    : layer_count_(encoder.encoder().layer_count() + 1),
      dimension_(encoder.encoder().dimension()),
      usage_count_(usages.size()),
      values_(usages.size() * layer_count_ * dimension_) {
  const std::vector<std::vector<std::size_t>> usages_of = ByText(usages, texts.size());
  std::vector<TextEncoder::Pieces> pieces(texts.size());  // none of texts without usages
  ParallelFor(texts.size(), texts.size() < 16 ? 1 : thread_count, [&](std::size_t i) {
    if (!usages_of[i].empty()) pieces[i] = encoder.Tokenize(texts[i]);
  });
  std::vector<PieceRange> ranges;
  for (const Usage& usage : usages) {
    ranges.push_back(PiecesOf(pieces[usage.text].text, usage.bytes));
  }
  std::vector<std::span<const std::int32_t>> ids;
  std::vector<std::size_t> text_of;  // texts without usages are not encoded
  for (std::size_t text = 0; text < texts.size(); ++text) {
    if (usages_of[text].empty()) continue;
    ids.push_back(pieces[text].text.ids);
    text_of.push_back(text);
  }
  const std::size_t last = encoder.encoder().layer_count();
  SequenceEncoder sequences(encoder.encoder(),
                            {.layers = {last, last}, .thread_count = thread_count});
  sequences.VisitLayers(
      ids, [&](std::size_t sequence, std::size_t layer, std::span<const float> states) {
        for (const std::size_t number : usages_of[text_of[sequence]]) {
          const std::span<float> mean(values_.data() + (number * layer_count_ + layer) * dimension_,
                                      dimension_);
          const auto [first, end] = ranges[number];
          for (std::size_t piece = first; piece < end; ++piece) {
            AddScaled(mean, 1.0f / static_cast<float>(end - first),
                      states.subspan(piece * dimension_, dimension_));
          }
        }
      });
}

}  // namespace wordkin::contextual
