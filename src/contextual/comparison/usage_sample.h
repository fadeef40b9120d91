#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "common/text/corpus_reader.h"
#include "contextual/comparison/word_usages.h"

namespace wordkin::contextual {

// Some of a word's occurrences in a corpus, each with the text around it.
struct UsageSample {
  std::vector<std::string> texts;
  std::vector<Usage> usages;  // one a text, in corpus order
  std::uint64_t found = 0;    // occurrences in the whole corpus
};

// Draws 'count' occurrences of 'word' at random (reservoir sampling: Vitter 1985), with their
// sentences: up to the end of the line or sentence, and no more than kExcerptBytes to either side.
// Nothing was read of 'corpus' before. 'progress' hears of each block read.
inline constexpr std::size_t kExcerptBytes = 200;
UsageSample SampleUsages(CorpusReader& corpus, const std::string& word, std::size_t count,
                         std::uint64_t seed, const std::function<void()>& progress);

}  // namespace wordkin::contextual
