#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "contextual/comparison/word_usages.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {

class Arguments;
class Console;

// Usages whose cosines, all with all and on every layer, are kept at most.
inline constexpr std::size_t kMostUsages = 1000;

// A word's places in sentences, those that the encoder can take. Only sentences with such a place
// are kept.
struct FoundUsages {
  std::vector<std::string> texts;
  std::vector<std::size_t> numbers;  // of each text among all that were read, from 0
  std::vector<bool> is_cut;          // of each text: whether the encoder takes only its beginning
  std::vector<contextual::Usage> usages;
  std::size_t read_count = 0;     // sentences
  std::size_t without_count = 0;  // of them have no place of the word
  std::size_t beyond_count = 0;   // places left out, as their pieces lie behind what is taken
};

// Finds --word in the sentences behind the store, or, with --corpus, in a sample of its sentences
// there. The console hears of sentences that lack the word, are cut or lost a usage. Throws
// kNotFound when there is no usage, kUsage for more than kMostUsages.
FoundUsages FindUsages(const Arguments& arguments, const contextual::TextEncoder& encoder,
                       Console& console);

}  // namespace wordkin::cli
