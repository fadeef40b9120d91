#include "contextual/comparison/word_usages.h"

#include <algorithm>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
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

Error WithoutPieces(const Usage& usage, const TextEncoder::Pieces& pieces) {
  if (!pieces.is_cut()) {
    return {ErrorKind::kUsage,
            "the tokenizer makes no piece of the word in text " + std::to_string(usage.text + 1)};
  }
  return {ErrorKind::kUsage, "text " + std::to_string(usage.text + 1) + " has " +
                                 std::to_string(pieces.found) +
                                 " pieces, and the word stands behind the " +
                                 std::to_string(pieces.text.size()) + " that the model can take"};
}

// Whether no piece of 'bytes' was lost when the text was cut.
bool IsWhole(const TextEncoder::Pieces& pieces, ByteRange bytes, PieceRange range) {
  if (range.empty()) return false;
  const bool is_at_end = range.last == pieces.text.size() - pieces.text.trailing;
  return !pieces.is_cut() || !is_at_end || pieces.text.offsets[range.last - 1].end >= bytes.end;
}

}  // namespace

std::vector<ByteRange> FindWord(std::string_view text, std::string_view word) {
  const WordTokenizer tokenizer(TokenizerKind::kWords);
  const TokenizedText words = tokenizer.Tokenize(text);
  const std::vector<std::string> wanted = tokenizer.Tokenize(word).pieces;
  std::vector<ByteRange> found;
  if (wanted.empty()) return found;
  for (auto at = words.pieces.begin();;) {
    at = std::search(at, words.pieces.end(), wanted.begin(), wanted.end());
    if (at == words.pieces.end()) return found;
    const auto first = static_cast<std::size_t>(at - words.pieces.begin());
    found.push_back({words.offsets[first].begin, words.offsets[first + wanted.size() - 1].end});
    at += static_cast<std::ptrdiff_t>(wanted.size());
  }
}

PieceRange PiecesOf(const TokenizedText& text, ByteRange bytes) {
  const std::size_t end = text.size() - text.trailing;
  std::size_t first = text.leading;
  while (first < end && text.offsets[first].end <= bytes.begin) ++first;
  std::size_t last = first;
  while (last < end && text.offsets[last].begin < bytes.end) ++last;
  return {first, last};
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
    const TextEncoder::Pieces& of_text = pieces[usage.text];
    ranges.push_back(PiecesOf(of_text.text, usage.bytes));
    if (!IsWhole(of_text, usage.bytes, ranges.back())) throw WithoutPieces(usage, of_text);
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
