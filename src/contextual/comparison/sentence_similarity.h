#pragma once

#include <array>
#include <string>
#include <vector>

#include "common/store/embedding_store.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::contextual {

// Two texts and how alike people found them.
struct JudgedTexts {
  std::array<std::string, 2> texts;
  double score = 0;
};

// Lines of two texts and a score by tabs; or STS Benchmark's layout (Cer et al., SemEval 2017),
// with the score in the fifth field and the texts behind it. Throws kInputOutput, or kDamaged
// naming the line.
std::vector<JudgedTexts> ReadJudgedTexts(const std::string& path);

struct EncodedSimilarities {
  std::vector<double> cosines;
  std::size_t cut_count = 0;  // texts that are longer than the encoder takes
};

// The cosine of each pair's vectors. By the encoder, with 'pooling' and its last layer; throws
// kUsage naming a pair with a text that leaves nothing to encode:
EncodedSimilarities EncoderSimilarities(const TextEncoder& encoder, Pooling pooling,
                                        const std::vector<JudgedTexts>& pairs, int thread_count);

// By the words of a store, as the tokenizer "words" cuts them: their mean.
std::vector<double> MeanSimilarities(const EmbeddingStore& store,
                                     const std::vector<JudgedTexts>& pairs);

// Their smooth inverse frequency mean (Arora et al., ICLR 2017): words weighted by 1e-3 / (1e-3 +
// their share of the corpus), less the part along the texts' first principal direction. The store
// has counts.
std::vector<double> SmoothInverseFrequencySimilarities(const EmbeddingStore& store,
                                                       const std::vector<JudgedTexts>& pairs);

}  // namespace wordkin::contextual
