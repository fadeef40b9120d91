#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "train/corpus/encoded_corpus.h"

namespace wordkin::train {

// Takes a piece of text; throws what ends the writing.
using TextSink = std::function<void(std::string_view)>;

// Passes the corpus on as text, in pieces of about a megabyte: words parted by blanks, a line for
// each line that holds words. Returns early when 'stop' becomes true.
void WriteCorpusText(const EncodedCorpus& corpus, const TextSink& sink,
                     const std::atomic<bool>& stop);

}  // namespace wordkin::train
